"""Whether the grades tell who buys: what share of the closed leads of each grade was won, and how sure that is; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadengine.charts import GRADES
from leadengine.wording import plural
from scoring.benchmarks import ENOUGH
from scoring.dashboard.cohort import Cohort
from scoring.dashboard.wording import interval
from scoring.dashboard.worth import BEST, CLOSED, WON, Worth, total


@dataclass(frozen=True, slots=True)
class Accuracy:
    """`won` of `closed` leads of a grade; under ENOUGH it says nothing."""

    grade: str
    won: int
    closed: int
    won_url: str
    closed_url: str

    @property
    def is_enough(self) -> bool:
        return self.closed >= ENOUGH

    @property
    def share(self) -> int:
        return round(100 * self.won / self.closed) if self.closed else 0

    @property
    def span(self) -> tuple[int, int]:
        return interval(self.won, self.closed)

    def to_json(self) -> dict[str, Any]:
        told = {"grade": self.grade, "won": self.won, "closed": self.closed}
        return told | ({"share": self.share, "between": list(self.span)} if self.is_enough else {})


def accuracy(of: Cohort) -> list[Accuracy]:
    asked = of.asked
    worths = [(grade, of.worth(asked.span, grade)) for grade in GRADES]
    return [
        Accuracy(grade, each.won, each.closed, asked.url(f"grade:{grade}", WON), asked.url(f"grade:{grade}", CLOSED))
        for grade, each in worths
    ]


def verdict(found: list[Accuracy]) -> str:
    """Does A win more? In a sentence, or that there are too few outcomes to tell."""
    better, rest = (
        total(Worth(won=each.won, lost=each.closed - each.won) for each in found if (each.grade in BEST) is is_better)
        for is_better in (True, False)
    )
    if min(better.closed, rest.closed) < ENOUGH:
        best = f"{better.closed:,} {plural(better.closed, 'lead')} of grade A or better"
        return f"Too few outcomes to tell: {best} and {rest.closed:,} others are won or lost."
    one, other = interval(better.won, better.closed), interval(rest.won, rest.closed)
    shares = [f"{100 * each.won / each.closed:.0f} %" for each in (better, rest)]
    told = f"{shares[0]} of grade A or better were won, {shares[1]} of the others"
    if one[0] > other[1]:
        return f"A wins more: {told}."
    return f"A does not win more for certain: {told}."
