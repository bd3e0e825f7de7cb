"""What the dashboard is asked for: a period, whose leads, and what a credit costs; anything else falls to what is usual."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from scoring.dashboard.asked import NOBODY, Asked
from scoring.dashboard.period import PERIODS, USUAL


class DashboardForm(forms.Form):
    """`people`: address and name of each member by id."""

    period = forms.ChoiceField(
        label="Period", choices=[(key, each.label) for key, each in PERIODS.items()], required=False
    )
    who = forms.ChoiceField(label="Whose leads", required=False)
    price = forms.DecimalField(
        label="A credit costs",
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=4,
        error_messages={"invalid": "Write an amount, such as 0.25."},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    def __init__(self, data: Any, *, people: dict[int, tuple[str, str]]) -> None:
        usual = {"period": USUAL, "who": "", "price": ""}
        super().__init__({**usual, **{name: data[name] for name in usual if data.get(name)}})
        self.people = people
        named = [(str(pk), name) for pk, (_email, name) in people.items()]
        who: Any = self.fields["who"]
        who.choices = [("", "Everybody"), *named, (NOBODY, "Nobody’s")]

    def asked(self, today: date) -> Asked:
        """By what could be read; what could not stands in `errors`."""
        self.full_clean()
        given = self.cleaned_data
        who = given.get("who") or ""
        pk = int(who) if who.isdecimal() else None
        return Asked(
            PERIODS[given.get("period") or USUAL],
            today,
            pk if pk is not None else who or None,
            self.people[pk][0] if pk is not None else "",
            given.get("price") or None,
        )
