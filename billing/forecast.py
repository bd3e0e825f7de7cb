"""How long credits last at the pace of late: honest about how little it may know; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

FEWEST_DAYS = 5
FARTHEST = 365


@dataclass(frozen=True, slots=True)
class Forecast:
    """`pace` is credits a day since the first use that was looked at; `lasts_to` is None where it cannot be told.

    `days_used` is how many days had any use, of the `days` that were looked at.
    """

    days: int
    days_used: int
    pace: Decimal
    lasts_to: date | None

    @property
    def is_too_few(self) -> bool:
        return self.days_used < FEWEST_DAYS

    @property
    def is_far(self) -> bool:
        """Known, but more than a year away."""
        return not self.is_too_few and self.lasts_to is None


def forecast(available: Decimal, use: Sequence[Decimal], *, today: date) -> Forecast:
    """From the use of each day up to today, the oldest first; fewer than five days with use tell nothing.

    >>> forecast(Decimal(100), [Decimal(0), Decimal(10), *[Decimal(5)] * 8], today=date(2026, 11, 1))
    Forecast(days=9, days_used=9, pace=Decimal('5.56'), lasts_to=datetime.date(2026, 11, 18))
    """
    first = next((number for number, credits in enumerate(use) if credits > 0), len(use))
    seen = use[first:]
    days_used = sum(credits > 0 for credits in seen)
    pace = (sum(seen, Decimal(0)) / len(seen)).quantize(Decimal("0.01")) if seen else Decimal(0)
    left = int(available / pace) if pace > 0 else FARTHEST + 1
    is_known = days_used >= FEWEST_DAYS and left <= FARTHEST
    return Forecast(len(seen), days_used, pace, today + timedelta(days=left) if is_known else None)
