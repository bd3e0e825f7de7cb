"""The forms of enrichment."""

from __future__ import annotations

from django import forms


class FoundForm(forms.Form):
    """An address that was suggested."""

    email = forms.CharField(max_length=320)


class EmailCheckForm(forms.Form):
    """Orders one verification, or one lookup; the key makes it one however often the form is sent."""

    key = forms.UUIDField(
        error_messages={
            "required": "Open the lead again and verify from there.",
            "invalid": "Open the lead again and verify from there.",
        }
    )
