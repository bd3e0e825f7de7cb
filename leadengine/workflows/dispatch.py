"""Wake-ups and turns: a queued task only says that work may be due; what is due is read from the rows themselves."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from leadengine.leased import Leased
from leadengine.workflows import leases
from leadengine.workflows.ending import fail_lane
from leadengine.workflows.lanes import run_turn
from leads.models import Lane

SLICE_SECONDS = 15.0
TURN_BATCHES = 3
AFTER_A_BUG = 5.0

log = logging.getLogger("leadengine.dispatch")


def wake() -> None:
    """Queue a wake-up unless there are as many as workers already. Cheap, lossy, interchangeable.

    Called inside the transaction that makes work due, the wake-up commits or vanishes with it.
    """
    if OrmQ.objects.filter(lock__lte=timezone.now()).count() < settings.WORKERS:
        async_task("leadengine.workflows.dispatch.work", q_options={"ack_failure": True})


def work() -> str:
    """The task: take turns at whatever is due until the slice is over; then hand on to another wake-up."""
    end = time.monotonic() + SLICE_SECONDS
    while time.monotonic() < end:
        if not turn(now=timezone.now()):
            return "idle"
    wake()
    return "slice"


def turn(*, now: datetime, **only: object) -> bool:
    """Claim one due lane, work a few batches, give it back. False when nothing was due."""
    lane = leases.claim(Lane, now=now, **only)
    if lane is None:
        return False
    if leases.is_hopeless(lane):
        lane.error = f"No progress after {leases.MAX_STALLS} tries"
        fail_lane(lane)
        return True
    try:
        run_turn(lane, batches=TURN_BATCHES)
    except leases.LeaseLost:
        log.info("lane %s: lease lost", lane.pk)
    except Exception:
        _after_a_bug(lane)
        raise
    return True


def _after_a_bug(lane: Leased) -> None:
    """A defect counts as a stall: the lane stays claimed and falls due soon, and after five it fails alone."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    due_at = timezone.now() + timedelta(seconds=AFTER_A_BUG)
    Lane.objects.filter(pk=lane.pk, epoch=lane.epoch).update(due_at=due_at)


def health(*, now: datetime) -> tuple[float, bool]:
    """(seconds the longest-due work has waited, whether any worker holds a lease)."""
    return leases.waiting(Lane, now=now)
