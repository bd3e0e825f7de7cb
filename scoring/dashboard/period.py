"""The periods that the dashboard compares: days up to today, as many before, and the steps of its pictures; pure.

PERIODS["w"].of(date(2026, 11, 26)) -> 20 to 26 November; `before` -> 13 to 19 November
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both ends included."""

    first: date
    last: date

    @property
    def text(self) -> str:
        """As the query language writes it; one day alone stands for itself."""
        return f"{self.first}..{self.last}" if self.first != self.last else f"{self.first}"

    @property
    def label(self) -> str:
        return f"{self.first.day} {self.first:%b}"

    @property
    def said(self) -> str:
        """ "20 to 26 Nov 2026", as short as it is clear."""
        first, last = self.first, self.last
        year, month = ("" if first.year == last.year else f" {first.year}"), f" {first:%b}"
        begun = f"{first.day}{'' if (first.year, first.month) == (last.year, last.month) else f'{month}{year}'} to "
        return f"{'' if first == last else begun}{last.day} {last:%b} {last.year}"

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Period:
    """`step` days are one column of its pictures; a day alone is drawn as the last of seven."""

    key: str
    label: str
    days: int
    step: int
    drawn: int

    def of(self, today: date) -> Span:
        return Span(today - timedelta(days=self.days - 1), today)

    def before(self, today: date) -> Span:
        first = self.of(today).first
        return Span(first - timedelta(days=self.days), first - timedelta(days=1))

    def steps(self, today: date) -> list[Span]:
        """The columns of its pictures, the earliest first."""
        ends = (today - timedelta(days=back) for back in reversed(range(0, self.drawn, self.step)))
        return [Span(last - timedelta(days=self.step - 1), last) for last in ends]

    def reach(self, today: date) -> Span:
        """All days that are looked at."""
        return Span(min(self.before(today).first, self.steps(today)[0].first), today)


PERIODS = {
    each.key: each
    for each in (
        Period("d", "Today", 1, 1, 7),
        Period("w", "7 days", 7, 1, 7),
        Period("m", "30 days", 30, 3, 30),
        Period("q", "13 weeks", 91, 7, 91),
        Period("y", "52 weeks", 364, 28, 364),
    )
}
USUAL = "q"
