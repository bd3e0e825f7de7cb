"""The order to verify many addresses: the price that was seen, and the key that makes it one however often it is sent."""

from __future__ import annotations

from django import forms


class VerifyForm(forms.Form):
    """Beside the selection itself."""

    key = forms.UUIDField()
    shown_at_most = forms.DecimalField(max_digits=12, decimal_places=2)
