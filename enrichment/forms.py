"""The forms of enrichment."""

from __future__ import annotations

from django import forms


class EmailCheckForm(forms.Form):
    """Orders one verification; the key makes it one however often the form is sent."""

    key = forms.UUIDField(
        error_messages={
            "required": "Open the lead again and verify from there.",
            "invalid": "Open the lead again and verify from there.",
        }
    )
