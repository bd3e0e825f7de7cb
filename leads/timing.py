"""When a schedule is next due: an hour of a day, in a time zone, daylight saving included. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LOOK_AHEAD = 63  # days: two months and a day


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weekday` 0 is Monday, for weekly; `monthday` 1 to 28, for monthly; `hour` is local to `zone`."""

    every: str
    hour: int
    weekday: int = 0
    monthday: int = 1
    zone: str = "UTC"

    def after(self, moment: datetime) -> datetime:
        """The first time later than the moment.

        >>> Rhythm("weekly", hour=7, weekday=0, zone="Europe/Madrid").after(datetime(2026, 11, 25, tzinfo=UTC))
        datetime.datetime(2026, 11, 30, 6, 0, tzinfo=datetime.timezone.utc)
        """
        return next(each for each in self._times(moment) if each > moment)

    def in_next_month(self, moment: datetime) -> datetime:
        """The first time of the next calendar month of the zone: when a month's cap begins anew."""
        this = self.month_of(moment)
        return next(each for each in self._times(moment) if each > moment and self.month_of(each) > this)

    def month_of(self, moment: datetime) -> datetime:
        """When the calendar month of the moment began, in the zone."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return datetime(local.year, local.month, 1, tzinfo=ZoneInfo(self.zone))

    def words(self) -> str:
        """As "Weekly on Monday at 07:00"."""
        day = {WEEKLY: f" on {DAYS[self.weekday]}", MONTHLY: f" on day {self.monthday}"}.get(self.every, "")
        return f"{self.every.capitalize()}{day} at {self.hour:02}:00"

    def _times(self, moment: datetime) -> Iterator[datetime]:
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        for day in (today + timedelta(days=number) for number in range(LOOK_AHEAD)):
            if self._is_on(day):
                local = datetime(day.year, day.month, day.day, self.hour, tzinfo=ZoneInfo(self.zone))
                yield local.astimezone(UTC)

    def _is_on(self, day: date) -> bool:
        if self.every == WEEKLY:
            return day.weekday() == self.weekday
        return self.every == DAILY or day.day == self.monthday
