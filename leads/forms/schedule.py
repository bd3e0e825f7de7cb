"""The form of a schedule: what it does, when, and what it may spend."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django import forms

from leadengine.forms import Segmented
from leadengine.wording import amount
from leads.models import Every, ScheduledAct, SearchSchedule
from leads.timing import DAYS

MOST_DIGITS = 12
ZONES = sorted(each for each in available_timezones() if each == "UTC" or ("/" in each and not each.startswith("Etc/")))


def _spoken(zone: str) -> str:
    return zone.replace("_", " ")


class ScheduleForm(forms.Form):
    """The rhythm's other fields are there too, so that it works without script; the style sheet hides what does not apply."""

    act = forms.ChoiceField(label="What happens", choices=ScheduledAct.choices, widget=Segmented)
    every = forms.ChoiceField(label="How often", choices=Every.choices, widget=Segmented)
    weekday = forms.TypedChoiceField(label="Day of the week", choices=list(enumerate(DAYS)), coerce=int)
    monthday = forms.TypedChoiceField(
        label="Day of the month", choices=[(day, str(day)) for day in range(1, 29)], coerce=int
    )
    hour = forms.TypedChoiceField(label="Hour", choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int)
    most_leads = forms.IntegerField(label="Most leads of a run", min_value=1, max_value=10_000)
    most_credits_a_month = forms.DecimalField(
        label="Most credits a month", min_value=Decimal(1), max_digits=MOST_DIGITS, decimal_places=2
    )
    time_zone = forms.ChoiceField(label="Time zone of the workspace", choices=[(zone, _spoken(zone)) for zone in ZONES])

    def __init__(
        self, data: Any, *, schedule: SearchSchedule | None, most_leads: int, zone: str, is_manager: bool
    ) -> None:
        initial: dict[str, Any] = (
            {name: getattr(schedule, name) for name in PLAN} if schedule else FIRST | {"most_leads": most_leads}
        )
        initial["most_credits_a_month"] = amount(initial["most_credits_a_month"]).replace(",", "")
        super().__init__(data, initial=initial | {"time_zone": zone})
        self.fields["hour"].help_text = (
            "In the workspace's time zone." if is_manager else f"Local time in {_spoken(zone)}."
        )
        self.fields["time_zone"].disabled = not is_manager
        self.fields["time_zone"].help_text = "Of all its schedules." if is_manager else "Managers change it."

    def plan(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLAN}


PLAN = ("act", "every", "weekday", "monthday", "hour", "most_leads", "most_credits_a_month")
FIRST = {"act": "run", "every": "weekly", "weekday": 0, "monthday": 1, "hour": 7, "most_credits_a_month": 100}
