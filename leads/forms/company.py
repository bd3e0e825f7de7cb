"""The forms of a company's page: its mark, and which of several values holds."""

from __future__ import annotations

from django import forms

from leads.forms.lead import BIGGEST
from leads.models import Relation


class RelationForm(forms.Form):
    relation = forms.TypedChoiceField(
        choices=Relation.choices, coerce=Relation, empty_value=Relation.NONE, required=False
    )


class ChoiceForm(forms.Form):
    """Which evidence is right, or which choice is taken back."""

    evidence = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST)
    choice = forms.IntegerField(required=False, min_value=1, max_value=BIGGEST)

    def clean(self) -> dict[str, int]:
        given: dict[str, int] = {name: value for name, value in self.cleaned_data.items() if value}
        if len(given) != 1:
            raise forms.ValidationError("Choose one of the values.")
        return given
