"""The cheapest way of a lead to its next grade: the set of steps of least price that leads there, found exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Any

from scoring.case import Case
from scoring.insights.actions import LIKELY, price_of, tried
from scoring.insights.step import Step, scored_after
from scoring.rulebook import GRADES, at_least

AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Path:
    """Steps that together lead to a better grade, if all of them work.

    `chance` (0..1) is that all work, taken as independent; `is_likely`: every step works at least in three of ten cases.
    """

    steps: tuple[Step, ...]
    price: Decimal
    total: int
    grade: str
    grade_before: str

    @property
    def chance(self) -> float:
        return round(prod(step.chance for step in self.steps), 4)

    @property
    def is_likely(self) -> bool:
        return all(step.chance >= LIKELY for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        return {
            "actions": [step.key for step in self.steps],
            "price": float(self.price),
            "total": self.total,
            "grade": self.grade,
            "grade_before": self.grade_before,
            "chance": self.chance,
            "is_likely": self.is_likely,
        }


def cheapest_path(case: Case, prices: Mapping[str, Decimal]) -> Path | None:
    """Of the sets of offered, priced steps to the next grade the one of least price, then of fewest steps, then likeliest.

    Steps that work less often than in three of ten cases count only if the others do not lead there. None at the best
    grade, or where no set of steps leads there.
    """
    before = case.scored.grade[0]
    if before == GRADES[0]:
        return None
    wanted = GRADES[GRADES.index(before) - 1]
    steps = [each.step for each in tried(case)]
    usable = [step for step in steps if step.is_offered and step.has_effect and price_of(step, prices) is not None]
    likely = [step for step in usable if step.chance >= LIKELY]
    found = _search(case, likely, prices, wanted)
    return found or (_search(case, usable, prices, wanted) if len(usable) > len(likely) else None)


def _search(case: Case, steps: Sequence[Step], prices: Mapping[str, Decimal], wanted: str) -> Path | None:
    """Tries the sets in the order of preference, many at once, until one leads there."""
    costs = {step.key: price_of(step, prices) or Decimal(0) for step in steps}
    sets = sorted(_sets(steps), key=lambda each: (_price(each, costs), len(each), -prod(step.chance for step in each)))
    for start in range(0, len(sets), AT_ONCE):
        batch = sets[start : start + AT_ONCE]
        after = scored_after(case, batch)
        for each, total, grade in zip(batch, after.total.tolist(), after.grade, strict=True):
            if at_least(grade, wanted):
                return Path(each, _price(each, costs), total, grade, case.scored.grade[0])
    return None


def _sets(steps: Sequence[Step]) -> Iterator[tuple[Step, ...]]:
    """Every set of steps, but those in which a later step undoes all that an earlier one does: they cost more for nothing."""
    for size in range(1, len(steps) + 1):
        for each in combinations(steps, size):
            if not _is_wasteful(each):
                yield each


def _is_wasteful(steps: tuple[Step, ...]) -> bool:
    later: set[str] = set()
    for step in reversed(steps):
        if not step.touches and later.issuperset(step.facts):
            return True
        later.update(step.facts)
    return False


def _price(steps: tuple[Step, ...], costs: Mapping[str, Decimal]) -> Decimal:
    return sum((costs[step.key] for step in steps), Decimal(0))
