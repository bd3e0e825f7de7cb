"""The form that marks a company as customer or competitor."""

from __future__ import annotations

from django import forms

from leads.models import Relation


class RelationForm(forms.Form):
    relation = forms.TypedChoiceField(
        choices=Relation.choices, coerce=Relation, empty_value=Relation.NONE, required=False
    )
