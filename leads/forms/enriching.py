"""The order to enrich leads: what is asked, what it may cost, and the key that makes it one however often it is sent."""

from __future__ import annotations

from typing import Any

from django import forms

from leadengine.workflows.enriching import Order
from leadengine.workflows.enrichment_words import KINDS

CONFIRMED = "confirmed"


class EnrichForm(forms.Form):
    """Beside the selection itself. `test` and `start` are of the buttons; one that says so confirms a large sum."""

    kind = forms.MultipleChoiceField(
        choices=KINDS,
        required=False,
        error_messages={"invalid_choice": "Choose among the kinds of data that there are."},
    )
    most_credits = forms.DecimalField(
        label="Most credits",
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        help_text="It ends there, and lists who is left. Empty: whatever it takes at most.",
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        error_messages={
            "invalid": "Enter the most credits as a number.",
            "min_value": "Enter a number of credits, 0 or more.",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shown_at_most = forms.DecimalField(max_digits=12, decimal_places=2, required=False, widget=forms.HiddenInput)
    shown_test = forms.DecimalField(max_digits=12, decimal_places=2, required=False, widget=forms.HiddenInput)
    test = forms.BooleanField(required=False)
    start = forms.CharField(required=False)

    def clean_most_credits(self) -> Any:
        """Nothing at all is no limit that makes sense."""
        return self.cleaned_data["most_credits"] or None

    @property
    def is_confirmed(self) -> bool:
        return CONFIRMED in (self.cleaned_data["start"], self.data.get("test"))

    @property
    def is_test(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["test"])

    @property
    def order(self) -> Order | None:
        """What was asked for; None where the form did not come from a page that named its price."""
        given = self.cleaned_data
        shown = given.get("shown_test" if given.get("test") else "shown_at_most")
        if not given.get("key") or shown is None:
            return None
        return Order(
            given["kind"], given["key"], is_test=given["test"], most_credits=given["most_credits"], shown_at_most=shown
        )
