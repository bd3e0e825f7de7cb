"""What became of those a run found, step by step: found, merged, checked, graded; each step is the last one less its losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leads.models import Reason

STEPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Found", "", frozenset()),
    ("Merged", "found twice or unreadable", frozenset({Reason.DUPLICATE_IN_RUN, Reason.SOURCE_ERROR})),
    (
        "Checked",
        "known, unfit or out of reach",
        frozenset(
            {
                Reason.ALREADY_KNOWN,
                Reason.SUPPRESSED,
                Reason.CRITERIA_MISMATCH,
                Reason.LOW_LIKELIHOOD,
                Reason.NO_CONTACT,
                Reason.INVALID_EMAIL,
            }
        ),
    ),
    (
        "Graded",
        "below the grade or over the limit",
        frozenset({Reason.BELOW_GRADE, Reason.LIMIT_REACHED, Reason.BUDGET_REACHED}),
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """`number` came through this step; it left `lost` behind, for the reasons that `why` sums up."""

    label: str
    number: int
    lost: int
    why: str


def funnel(found: int, excluded: Mapping[str, int]) -> tuple[Step, ...]:
    """The steps of a run by its exclusion ledger; the last one is what was delivered.

    6 found, 1 of them twice, 2 below the grade: Found 6, Merged 5, Checked 5, Graded 3.
    """
    steps, left = [], found
    for label, why, reasons in STEPS:
        lost = sum(excluded.get(reason, 0) for reason in reasons)
        left -= lost
        steps.append(Step(label, left, lost, why))
    return tuple(steps)
