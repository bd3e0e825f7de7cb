"""Whose lead forms are read, and from which day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms


class AccountForm(forms.Form):
    """`offered` are the ad accounts that LinkedIn named, as (URN, name); `price`: of a new lead, in words."""

    account = forms.ChoiceField(
        label="Ad account",
        help_text="Those that LinkedIn named when it was connected. Connect again to see others.",
        error_messages={"required": "Choose an ad account."},
    )
    since = forms.DateField(
        label="Responses since",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="LinkedIn keeps them for a year.",
        error_messages={"required": "Say from which day on.", "invalid": "Write a day such as 2026-03-12."},
    )
    most_credits_a_month = forms.DecimalField(
        label="Most credits a month for taking responses in at once",
        required=False,
        min_value=1,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal"}),
    )

    def __init__(
        self, data: Any = None, *, offered: list[tuple[str, str]], today: date, price: str, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id="id_linkedin_%s", **kwargs)
        self.offered, self.today = dict(offered), today
        self.fields["account"].choices = offered  # type: ignore[attr-defined]
        self.fields["most_credits_a_month"].help_text = (
            f"With the webhook on, who sends a form in is a lead a moment later, for {price} each; whom you know already "
            "is free. Empty: responses wait until a run asks for them."
        )

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if not self.today - timedelta(days=365) <= since <= self.today:
            raise forms.ValidationError("Choose a day of the last 365.")
        return since
