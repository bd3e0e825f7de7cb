"""What another weighting would do to the leads there are: grades before and after, who moves, and last quarter's deals; pure.

Stored factor values are weighed twice; neither facts nor factors are looked at again, so 100,000 leads take milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.engine import Steps, ranks, totals
from scoring.rulebook import GRADES, LABELS, ScoringProfile
from scoring.stored import LOST, WON, Stored

ENOUGH = 30
N = len(GRADES)


@dataclass(frozen=True, slots=True)
class Move:
    """One lead's row in the stored values, with total and grade before and after."""

    row: int
    before: int
    after: int
    grade_before: str
    grade: str

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Deals:
    """Won and lost leads of one grade, by the rules before and after."""

    grade: str
    won_before: int
    lost_before: int
    won: int
    lost: int

    @property
    def closed_before(self) -> int:
        return self.won_before + self.lost_before

    @property
    def closed(self) -> int:
        return self.won + self.lost

    @property
    def share_before(self) -> str:
        return _share(self.won_before, self.lost_before)

    @property
    def share(self) -> str:
        return _share(self.won, self.lost)


@dataclass(frozen=True, slots=True)
class Trial:
    """Both gradings of the same n leads: `before` and `after` their totals, `ranks` the places of their grades.

    `outcomes`: of the leads that were won or lost in the last quarter; `deals_before` and `deals_after` their ranks.
    `averages`: (factor, before, after), 0..1, of each that moves by a hundredth or more.
    """

    before: Steps
    after: Steps
    ranks_before: Steps
    ranks_after: Steps
    outcomes: np.ndarray
    deals_before: Steps
    deals_after: Steps
    by_averages: int
    averages: tuple[tuple[str, float, float], ...] = ()

    @property
    def n(self) -> int:
        return len(self.before)

    def matrix(self) -> list[list[int]]:
        """How many go from the grade of the row to that of the column."""
        pairs = np.bincount(self.ranks_before * N + self.ranks_after, minlength=N * N)
        found: list[list[int]] = pairs.reshape(N, N).tolist()
        return found

    def counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many leads of each grade, before and after."""
        both = (np.bincount(each, minlength=N).tolist() for each in (self.ranks_before, self.ranks_after))
        before, after = (dict(zip(GRADES, numbers, strict=True)) for numbers in both)
        return before, after

    @property
    def better(self) -> int:
        return int((self.ranks_after < self.ranks_before).sum())

    @property
    def worse(self) -> int:
        return int((self.ranks_after > self.ranks_before).sum())

    @property
    def changed(self) -> int:
        """How many leads get another grade."""
        return self.better + self.worse

    def movers(self, origin: str = "", goal: str = "") -> np.ndarray:
        """The rows of leads that get another grade, those that move furthest first; only from or to a grade, if named."""
        wanted = self.ranks_before != self.ranks_after
        if origin:
            wanted = wanted & (self.ranks_before == GRADES.index(origin))
        if goal:
            wanted = wanted & (self.ranks_after == GRADES.index(goal))
        rows = np.flatnonzero(wanted)
        furthest = -np.abs(self.after[rows] - self.before[rows])
        return rows[np.lexsort((rows, -self.after[rows], furthest))]

    def moves(self, rows: Sequence[int]) -> list[Move]:
        return [
            Move(
                int(row),
                int(self.before[row]),
                int(self.after[row]),
                GRADES[self.ranks_before[row]],
                GRADES[self.ranks_after[row]],
            )
            for row in rows
        ]

    @property
    def closed(self) -> int:
        """How many of the leads were won or lost in the last quarter."""
        return len(self.outcomes)

    def deals(self) -> list[Deals]:
        """What was won and lost in the last quarter, by the grades before and after."""
        four = [
            np.bincount(grades[self.outcomes == outcome], minlength=N).tolist()
            for grades in (self.deals_before, self.deals_after)
            for outcome in (WON, LOST)
        ]
        return [Deals(*each) for each in zip(GRADES, *four, strict=True)]


def trial(
    stored: Stored,
    before: ScoringProfile,
    after: ScoringProfile,
    *,
    then: Stored | None = None,
    deals: tuple[Stored, Stored] | None = None,
) -> Trial:
    """Grades the stored leads by both; `after.expected` are the averages that publishing would freeze.

    `then`: the same leads with the values that another ideal customer gives them; averages are not told apart from that.
    `deals`: the closed ones with the values by which they are graded before and after, where not by these.
    """
    deals_before, deals_after = deals or (stored.closed(), (then or stored).closed())
    was, becomes = totals(stored.steps, before), totals((then or stored).steps, after)
    old = ranks(was, before.cuts)
    averages = replace(before, expected=after.expected)
    moved_by_averages = 0 if then else int((ranks(totals(stored.steps, averages), before.cuts) != old).sum())
    return Trial(
        was,
        becomes,
        old,
        ranks(becomes, after.cuts),
        deals_before.outcomes,
        ranks(totals(deals_before.steps, before), before.cuts),
        ranks(totals(deals_after.steps, after), after.cuts),
        moved_by_averages,
        _moved(before.expected, after.expected),
    )


def _moved(before: tuple[float, ...], after: tuple[float, ...]) -> tuple[tuple[str, float, float], ...]:
    """Of each factor whose average moves by a hundredth or more, what it was and is."""
    pairs = zip(LABELS.values(), before, after, strict=True)
    return tuple(each for each in pairs if f"{each[1]:.2f}" != f"{each[2]:.2f}")


def _share(won: int, lost: int) -> str:
    return f"{100 * won / (won + lost):.0f} %" if won + lost else "–"
