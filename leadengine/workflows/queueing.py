"""Where a run stands in the queue of the server: how many wait longer for a worker, and whether there is a worker at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leadengine.leased import OPEN_STATES, LeaseState
from leads.models import Lane, Run, RunState

LONG = 20.0  # seconds after which a worker would have taken what is due


def waiting_before(lanes: Sequence[Lane]) -> int:
    """How many of other runs on this server wait longer than these lanes of one run; 0 if none of these waits."""
    mine = [lane for lane in lanes if lane.state == LeaseState.QUEUED and not lane.claimed]
    if not mine:
        return 0
    due = Lane._default_manager.filter(
        state__in=OPEN_STATES, claimed=False, due_at__lt=min(each.due_at for each in mine)
    )
    return due.exclude(run=mine[0].run_id).count()


def seconds_without_worker(run: Run, *, now: datetime) -> int:
    """How long a queued run has waited while no worker was at anything; 0 when one is, or it has not been long."""
    waited = (now - run.created_at).total_seconds()
    if run.state != RunState.QUEUED or waited < LONG:
        return 0
    busy = Lane._default_manager.filter(state__in=OPEN_STATES, claimed=True, due_at__gt=now).exists()
    return 0 if busy else int(waited)
