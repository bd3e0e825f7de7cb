"""The form for a provider's key: entered, never shown again."""

from __future__ import annotations

from typing import Any

from django import forms

from leads.providers.keys import LONGEST, UnusableKey, cleaned


class ProviderKeyForm(forms.Form):
    """One for each provider on the page, so the fields' ids carry its name."""

    provider = forms.CharField(
        max_length=40,
        widget=forms.HiddenInput,
        error_messages={"required": "Enter the key at the provider whose key it is."},
    )
    key = forms.CharField(
        label="Key",
        max_length=LONGEST,
        widget=forms.PasswordInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Kept encrypted and never shown again.",
        error_messages={"required": "Paste the key from the provider's site."},
    )

    def __init__(self, data: Any = None, *, provider: str = "") -> None:
        super().__init__(data, initial={"provider": provider}, auto_id=f"id_{provider}_%s" if provider else "id_%s")

    def clean(self) -> dict[str, Any]:
        """Of no provider there is no field of the key, so that nothing is said of it."""
        if "provider" in self.errors:
            self.errors.pop("key", None)
        return self.cleaned_data

    def clean_key(self) -> str:
        try:
            return cleaned(self.cleaned_data["key"])
        except UnusableKey as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
