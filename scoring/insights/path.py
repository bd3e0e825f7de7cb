"""The cheapest way of a lead to its next grade: the set of steps of least price that leads there, found exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Any

from scoring.case import Case
from scoring.insights.actions import price_of, tried
from scoring.insights.step import Step, scored_after
from scoring.rulebook import GRADES, at_least

AT_ONCE = 128
LIKELY = 0.5  # the least chance of what is called likely: it works at least as often as not


@dataclass(frozen=True, slots=True)
class Path:
    """Steps that together lead to a better grade, if all of them work.

    `chance` (0..1) is that all work, taken as independent; `is_likely`: that is at least as often as not.
    """

    steps: tuple[Step, ...]
    price: Decimal
    total: int
    grade: str
    grade_before: str

    @property
    def chance(self) -> float:
        return round(_chance(self.steps), 4)

    @property
    def is_likely(self) -> bool:
        return _chance(self.steps) >= LIKELY

    @property
    def chance_percent(self) -> int:
        return round(100 * self.chance)

    @property
    def needs_answer(self) -> bool:
        """Whether it hangs on what the lead does."""
        return any(step.touches for step in self.steps)

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

    A set that works less often than not counts only if no likely one leads there. None at the best grade, or where no set
    of steps leads there.
    """
    before = case.scored.grade[0]
    if before == GRADES[0]:
        return None
    wanted = GRADES[GRADES.index(before) - 1]
    steps = [each.step for each in tried(case)]
    usable = [step for step in steps if step.is_offered and step.has_effect and price_of(step, prices) is not None]
    return _search(case, usable, prices, wanted)


def _search(case: Case, steps: Sequence[Step], prices: Mapping[str, Decimal], wanted: str) -> Path | None:
    """Tries the sets in the order of preference, many at once, until one leads there."""
    costs = {step.key: price_of(step, prices) or Decimal(0) for step in steps}
    sets = sorted(
        _sets(steps), key=lambda each: (_chance(each) < LIKELY, _price(each, costs), len(each), -_chance(each))
    )
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


def _chance(steps: tuple[Step, ...]) -> float:
    return prod(step.chance for step in steps)


def _price(steps: tuple[Step, ...], costs: Mapping[str, Decimal]) -> Decimal:
    return sum((costs[step.key] for step in steps), Decimal(0))
