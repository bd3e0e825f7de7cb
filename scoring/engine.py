"""The one scoring function: ten factors over columns of leads, weighed into totals whose lines add up on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats, LeadFacts
from scoring.factors import engagement, fit, position, reach
from scoring.rulebook import GRADES, KEYS, STEPS, ScoringProfile, at_least

__all__ = ["GRADES", "Scores", "at_least", "exact_points", "ranks", "score", "tally", "totals", "values_of"]

Steps = NDArray[np.int64]
UNKNOWN = -1

FUNCTIONS: dict[str, Callable[[LeadFacts, ScoringProfile], Floats]] = {
    "potential": fit.potential,
    "engagement": engagement.engagement,
    "company_fit": fit.company_fit,
    "contactability": reach.contactability,
    "industry_match": fit.industry_match,
    "job_title": position.job_title,
    "location": reach.location,
    "company_size": fit.company_size,
    "engagement_history": engagement.engagement_history,
    "email_validity": reach.email_validity,
}


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of n leads, a row each.

    `values` (n, 10) are 0..1, NaN where unknown; `points` (n, 10) whole numbers that add up to `total` (n,), 0..100;
    `low` and `high` (n,) the totals with every unknown at 0 and at 1; `confidence` (n,) per cent of the weight that is
    known; `steps` (n, 10) the values in steps of 1/10,000 as they are stored, -1 where unknown.
    """

    values: Floats
    steps: Steps
    points: Steps
    total: Steps
    low: Steps
    high: Steps
    confidence: Steps
    grade: list[str]

    def __len__(self) -> int:
        return len(self.total)

    def of(self, rows: Sequence[int]) -> Scores:
        """The scores of these rows, in their order."""
        chosen = np.array(rows, dtype=np.intp)
        columns = {each.name: getattr(self, each.name)[chosen] for each in fields(self) if each.name != "grade"}
        return Scores(**columns, grade=[self.grade[row] for row in rows])


def score(facts: LeadFacts, rulebook: ScoringProfile) -> Scores:
    """Scores each lead of `facts` by `rulebook`; a pure function, the same for one lead and for a million."""
    return tally(values_of(facts, rulebook), rulebook)


def values_of(facts: LeadFacts, rulebook: ScoringProfile) -> Steps:
    """The ten factors of each lead in steps of 1/10,000, -1 where unknown; shape (n, 10)."""
    if not facts.n:
        return np.zeros((0, len(KEYS)), dtype=np.int64)
    return in_steps(np.column_stack([FUNCTIONS[key](facts, rulebook) for key in KEYS]))


def in_steps(values: Floats) -> Steps:
    """Values 0..1 in steps of 1/10,000, and -1 for NaN."""
    return np.where(np.isnan(values), UNKNOWN, np.rint(np.clip(values, 0, 1) * STEPS)).astype(np.int64)


def tally(steps: Steps, rulebook: ScoringProfile) -> Scores:
    """Weighs factor values, fresh or stored, in whole numbers: `total = sum(weight * (value if known else expected))`.

    Worked example: a factor of weight 15 with the value 0.8 gives 12 of 15 points; unknown, with 0.4 expected, 6 of 15.
    """
    weights = np.array(rulebook.weights, dtype=np.int64)
    known = steps != UNKNOWN
    points, total = _lines(exact_points(steps, rulebook))
    certain = np.where(known, weights * steps, 0).sum(axis=1)
    open_weight = np.where(known, 0, weights).sum(axis=1)
    return Scores(
        values=np.where(known, steps / STEPS, np.nan),
        steps=steps,
        points=points,
        total=total,
        low=_whole(certain),
        high=_whole(certain + open_weight * STEPS),
        confidence=100 - open_weight,
        grade=[GRADES[rank] for rank in ranks(total, rulebook.cuts).tolist()],
    )


def totals(steps: Steps, rulebook: ScoringProfile) -> Steps:
    """The totals of `tally` alone, without the lines: what comparing many leads needs, many times as quick."""
    return _whole(_counted(steps, rulebook) @ np.array(rulebook.weights, dtype=np.int64))


def exact_points(steps: Steps, rulebook: ScoringProfile) -> Steps:
    """What each factor gives, before it is rounded to a line, in steps of 1/10,000 of a point; shape (n, 10)."""
    return np.array(rulebook.weights, dtype=np.int64) * _counted(steps, rulebook)


def ranks(total: Steps, cuts: tuple[int, int, int, int]) -> Steps:
    """The place of each total's grade in GRADES: 0 for A+ to 4 for D."""
    return (total[:, None] < np.array(cuts)).sum(axis=1)


def _counted(steps: Steps, rulebook: ScoringProfile) -> Steps:
    """What each factor counts: its value, or where it is unknown the expected one."""
    expected = np.rint(np.array(rulebook.expected) * STEPS).astype(np.int64)
    return np.where(steps != UNKNOWN, steps, expected)


def _lines(exact: Steps) -> tuple[Steps, Steps]:
    """Whole points that add up to the rounded total: floors, then one more for the largest remainders (Hamilton)."""
    total = _whole(exact.sum(axis=1))
    floors, remainders = np.divmod(exact, STEPS)
    missing = total - floors.sum(axis=1)
    order = np.argsort(-remainders, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    return floors + (rank < missing[:, None]), total


def _whole(steps: Steps) -> Steps:
    """Steps of 1/10,000 of a point, rounded to whole points, a half upwards."""
    return (steps + STEPS // 2) // STEPS
