"""The form that finds the person whose data is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from leads.erasing import find_person
from leads.models import Lead

MOST = 50


class PersonForm(forms.Form):
    """An address or a name; valid when somebody is found, who then stand in `found`."""

    who = forms.CharField(
        label="Who asks",
        max_length=320,
        help_text="An e-mail address, a LinkedIn profile, a phone number in any spelling, or the whole name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write an address, a number or a name."},
    )

    def __init__(self, data: Any = None, *, workspace: Any) -> None:
        super().__init__(data)
        self.workspace = workspace
        self.found: list[Lead] = []

    def clean_who(self) -> str:
        who = self.cleaned_data["who"]
        self.found = list(find_person(self.workspace, who).select_related("company").order_by("name_key", "pk")[:MOST])
        if not self.found:
            raise forms.ValidationError(f"No lead fits “{who}”. Try another address of theirs, or the whole name.")
        return who
