"""The form of a move: to which stage, why it is disqualified, what the deal is worth."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.functional import cached_property

from leads.editing import Deal
from leads.models import Lead, Stage, StageKind

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY")
REASON = "Say why, so that the next person does not try again."
AMOUNT = "Write a number, such as 12000."


class MoveForm(forms.Form):
    """A move of `lead`. `is_asked` is sent by the form that shows the fields which the stage asks for."""

    stage = forms.ModelChoiceField(
        queryset=Stage.objects.none(),
        to_field_name="key",
        empty_label="Choose a stage",
        error_messages={"required": "Choose a stage.", "invalid_choice": "There is no such stage."},
    )
    reason = forms.CharField(max_length=200, required=False, label="Reason", error_messages={"required": REASON})
    value = forms.DecimalField(
        label="Deal value",
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        error_messages={"invalid": AMOUNT, "min_value": "A deal cannot be worth less than nothing."},
    )
    currency = forms.ChoiceField(choices=[(code, code) for code in CURRENCIES], required=False)
    is_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lead: Lead, stage: str = "") -> None:
        first = {"stage": stage, "is_asked": True}
        deal = {"value": lead.deal_value, "currency": lead.deal_currency or CURRENCIES[0]}
        super().__init__(data, initial={**first, **deal, "reason": lead.outcome_reason}, auto_id="move_%s")
        self.use_required_attribute = False
        stages = Stage.objects.of(lead.workspace_id).order_by("position", "id")
        cast(forms.ModelChoiceField, self.fields["stage"]).queryset = stages
        asked = bool(self["is_asked"].value())
        self.fields["reason"].required = asked and self.asking == StageKind.DISQUALIFIED

    @property
    def must_ask(self) -> bool:
        """Whether the stage asks for something that the person was not shown yet: a reason, or the deal's value."""
        kind = self.cleaned_data["stage"].kind
        is_new = not self.cleaned_data.get("is_asked")
        return is_new and (
            kind == StageKind.WON or (kind == StageKind.DISQUALIFIED and not self.cleaned_data["reason"])
        )

    @property
    def deal(self) -> Deal | None:
        value = self.cleaned_data.get("value")
        is_won = self.cleaned_data["stage"].kind == StageKind.WON
        return Deal(value, self.cleaned_data["currency"] or CURRENCIES[0]) if is_won and value is not None else None

    @cached_property
    def asking(self) -> str:
        """The kind of a chosen stage that asks for something; "" where there is nothing to ask, or none is chosen yet."""
        stages = cast(Any, self.fields["stage"]).queryset
        asking = stages.filter(key=self["stage"].value() or "", kind__in=[StageKind.WON, StageKind.DISQUALIFIED])
        return asking.values_list("kind", flat=True).first() or ""
