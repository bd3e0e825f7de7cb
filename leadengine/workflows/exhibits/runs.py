"""Invented runs for the style guide: one that waits, one under way, and one that ended without one of its sources."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from leadengine.leased import LeaseState
from leadengine.workflows.leftovers import Group
from leadengine.workflows.progress import RunProgress
from leadengine.workflows.receipts import RunReceipt
from leadengine.workflows.situations import ENDED, Situation
from leadengine.workflows.source_rows import SourceRow
from leads.models import Reason, Run, RunState

REASONS = (
    (Reason.DUPLICATE_IN_RUN, 6),
    (Reason.ALREADY_KNOWN, 14),
    (Reason.BELOW_GRADE, 21),
    (Reason.SOURCE_ERROR, 2),
)
LEFT_OUT = {str(reason): count for reason, count in REASONS}
GRADES = {"A+": 12, "A": 34, "B": 51, "C": 18, "D": 0}
BROKEN = Situation("Failed", "bad", "triangle-alert", "GitHub does not answer. It is asked no more by itself.")


def progress(state: RunState) -> RunProgress:
    """A run that was asked for 250 leads, in this state."""
    found = 0 if state == RunState.QUEUED else 158
    excluded = LEFT_OUT if found else {}
    delivered = found - sum(excluded.values())
    run = Run(number=7, name="Manufacturers, DACH", state=state, most_leads=250, most_credits=Decimal(250))
    run.found, run.delivered, run.spent = found, delivered, Decimal(delivered)
    receipt = _receipt(run, excluded)
    return RunProgress(run, receipt, 100 * delivered // 250, receipt.still_held, 1, None, (), None)


def left_out() -> list[Group]:
    """The reasons of the same run; those below the grade can be included."""
    return [_group(reason, count) for reason, count in REASONS]


def _group(reason: Reason, count: int) -> Group:
    includable = count if reason == Reason.BELOW_GRADE else 0
    return Group(reason, reason.label, count, includable, Decimal(includable))


def _receipt(run: Run, excluded: Mapping[str, int]) -> RunReceipt:
    spent, held = Decimal(run.delivered), run.most_credits
    back = Decimal(0) if run.is_active else held - spent
    return RunReceipt(
        run, run.found, run.delivered, excluded, _sources(run, excluded), held, spent, back, Decimal(0), None,
        GRADES if run.delivered else {}, 312.0,
    )  # fmt: skip


def _sources(run: Run, excluded: Mapping[str, int]) -> tuple[SourceRow, ...]:
    """All was found by the first; the second is broken."""
    found, spent, one = run.found, Decimal(run.delivered), Decimal(1)
    known = ("Company database", LeaseState.DONE, ENDED[LeaseState.DONE])
    lost = ("GitHub", LeaseState.FAILED, BROKEN)
    return (
        SourceRow("companies", *known, found, run.delivered, excluded, spent, one, "", is_claimed=False),
        SourceRow("github", *lost, 0, 0, {}, Decimal(0), one, BROKEN.sentence, is_claimed=False),
    )
