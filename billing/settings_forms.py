"""The forms of the settings: one's name, how pages look and which keys act, and rules of the workspace."""

from __future__ import annotations

from typing import Any

from django import forms

from billing import retention
from billing.models import Density, Theme, User
from leadengine.forms import Segmented
from leadengine.wording import plural


class ProfileForm(forms.ModelForm):
    """How a person is called."""

    first_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))

    class Meta:
        model = User
        fields = ("first_name", "last_name")


class DisplayForm(forms.ModelForm):
    """Kept with the person, so that it is the same on every machine they sign in at."""

    theme = forms.ChoiceField(choices=Theme.choices, widget=Segmented)
    density = forms.ChoiceField(
        choices=Density.choices, widget=Segmented, help_text="Compact shows more rows of a list at once."
    )
    has_keys = forms.BooleanField(
        label="Single keys act",
        required=False,
        help_text="Such as g l for Leads, / for search, j and k in lists. Ctrl-K and Esc always work.",
    )

    class Meta:
        model = User
        fields = ("theme", "density", "has_keys")

    def __init__(self, *args: Any, shown_theme: str = "", **kwargs: Any) -> None:
        """`shown_theme`: what the page is shown in when the person has not chosen yet."""
        super().__init__(*args, **kwargs)
        if not self.instance.theme:
            self.initial["theme"] = shown_theme or Theme.SYSTEM


class ReuseForm(forms.Form):
    """How long a delivered lead counts as known."""

    days = forms.IntegerField(
        label="Days a delivered lead stays known",
        min_value=1,
        max_value=3650,
        help_text="A lead that was delivered within so many days is left out of a run, and costs nothing.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RetentionForm(forms.Form):
    """How long a lead is kept without a sign of life; `seen` is how many leads the page had said would go."""

    days = forms.IntegerField(
        label="Days a lead is kept without a sign of life",
        required=False,
        min_value=retention.FEWEST,
        max_value=retention.MOST,
        help_text="A lead is erased once it was not delivered, edited or worked on, and no source told anything of it, "
        "for so many days. Won leads, and open ones with a deal value, are kept. Empty: all are kept for ever.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "for ever"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="keep_%s", **kwargs)

    def confirm(self, due: int) -> bool:
        """Whether no more leads would go than the person had been told; if not, the form tells it."""
        if due > (self.cleaned_data["seen"] or 0):
            self.add_error("days", f"{due:,} {plural(due, 'lead')} would be erased. Save again if that is meant.")
        return self.is_valid()
