"""The form that finds the person whose data is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from leads.erasing import find_person, no_lead, traces
from leads.models import Lead

MOST = 50


class PersonForm(forms.Form):
    """An address or a name; valid when there are leads, in `found`, or else records that name the address of `no_lead`."""

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
        self.no_lead: Lead | None = None
        self.traces: dict[str, int] = {}

    def clean_who(self) -> str:
        who = self.cleaned_data["who"]
        self.found = list(find_person(self.workspace, who).select_related("company").order_by("name_key", "pk")[:MOST])
        if not self.found:
            self.no_lead = no_lead(self.workspace, who)
            self.traces = traces(self.no_lead) if self.no_lead else {}
        if not self.found and not self.traces:
            raise forms.ValidationError(
                f"Nothing is held on “{who}”. Try another address of theirs, or the whole name."
            )
        return who
