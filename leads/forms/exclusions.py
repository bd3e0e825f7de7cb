"""Which excluded candidates to include after all: some rows, or a whole reason."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from leads.models import REINCLUDABLE


class InclusionForm(forms.Form):
    """`exclusion` wins over `reason`; `reason` then only says where to go on afterwards, and so does `page`."""

    reason = forms.ChoiceField(
        choices=[(reason.value, reason.label) for reason in sorted(REINCLUDABLE)], required=False
    )
    page = forms.IntegerField(required=False, min_value=1)
    exclusion = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("exclusion") if hasattr(self.data, "getlist") else []
        cast(forms.ChoiceField, self.fields["exclusion"]).choices = [
            (each, each) for each in sent if each.isdecimal() and len(each) < 19
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("reason") and not cleaned.get("exclusion"):
            raise forms.ValidationError("Choose whom to include.")
        return cleaned
