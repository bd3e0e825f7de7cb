"""What became of those a run found, step by step: found, merged, checked, graded; each step is the last one less its losses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leads.models import Reason

STEPS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("Found", {}),
    ("Merged", {Reason.DUPLICATE_IN_RUN: "found twice", Reason.SOURCE_ERROR: "unreadable"}),
    (
        "Checked",
        {
            Reason.ALREADY_KNOWN: "among your leads already",
            Reason.SUPPRESSED: "on the suppression list",
            Reason.CRITERIA_MISMATCH: "unfit",
            Reason.LOW_LIKELIHOOD: "unfit",
            Reason.NO_CONTACT: "out of reach",
            Reason.INVALID_EMAIL: "out of reach",
        },
    ),
    (
        "Graded",
        {
            Reason.BELOW_GRADE: "below your lowest grade",
            Reason.LIMIT_REACHED: "more than you asked for",
            Reason.BUDGET_REACHED: "more than your credits for this run pay for",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """`number` came through this step; it left `lost` behind, for the reasons that `why` tells: those that occurred."""

    label: str
    number: int
    lost: int
    why: str


def funnel(found: int, excluded: Mapping[str, int]) -> tuple[Step, ...]:
    """The steps of a run by its exclusion ledger; the last one is what was delivered.

    6 found, 1 of them twice, 2 below the grade: Found 6, Merged 5, Checked 5, Graded 3.
    """
    steps, left = [], found
    for label, reasons in STEPS:
        lost = sum(excluded.get(reason, 0) for reason in reasons)
        left -= lost
        steps.append(
            Step(label, left, lost, _either([words for reason, words in reasons.items() if excluded.get(reason)]))
        )
    return tuple(steps)


def _either(words: list[str]) -> str:
    """["unfit", "unfit", "out of reach"] is "unfit or out of reach"."""
    *first, last = dict.fromkeys(words) or ("",)
    return f"{', '.join(first)} or {last}" if first else last
