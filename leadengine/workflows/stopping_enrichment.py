"""Ends an enrichment, by itself or because somebody stops it: what is under way ends, and the rest of its hold comes back.

Lock order: the enrichment, its verifications, its lookups, the credit account, the hold.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from billing import auditing, ledger
from enrichment.models import UNDER_WAY, EmailCheck, Enrichment, ItemState, Lookup
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows.collecting import collect_ended
from leadengine.workflows.enrichment_holds import locked_job
from leadengine.workflows.settling_checks import end_checks

STOPPED = "It was stopped. What was not asked is not charged."
OUT_OF_CREDITS = "The credits that it may cost are used up. What is left is listed; nothing more is charged."
GAVE_UP = "It broke off again and again. What was not asked is not charged."
NOT_ASKED = {
    STOPPED: "Not asked: it was stopped.",
    OUT_OF_CREDITS: "Not asked: its credits were used up.",
    GAVE_UP: "Not asked: it broke off.",
}


def may_change(job: Enrichment, membership: Any) -> bool:
    """Whether somebody may stop it or take back what was decided: whoever ordered it, and managers."""
    return bool(membership.is_manager or job.by_id == membership.user_id)


@transaction.atomic
def stop_enrichment(job: Enrichment, *, by: Any, now: datetime) -> bool:
    """Ask no more, and give back what is held; what is in flight is neither used nor charged. False: it had ended."""
    row: Enrichment | None = (
        Enrichment.objects.of(job.workspace_id)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=job.pk, state__in=OPEN_STATES)
        .first()
    )
    if row is None:
        return False
    _end(row, LeaseState.STOPPED, STOPPED, now)
    left = row.items.filter(state=ItemState.LEFT).count()
    auditing.record(
        "enrichment.stopped", workspace_id=row.workspace_id, by=by, obj=row, after={"left_out": left}, now=now
    )
    return True


@transaction.atomic
def end_enrichment(job: Enrichment, state: str, why: str, *, now: datetime) -> None:
    """By the worker that holds it. Raises LeaseLost when that is not the caller any more."""
    _end(locked_job(job), state, why, now)


def _end(row: Enrichment, state: str, why: str, now: datetime) -> None:
    _end_children(row, now)
    while collect_ended(row, now=now):
        pass
    row.items.filter(state__in=UNDER_WAY).update(state=ItemState.LEFT, ended_at=now)
    row.items.filter(state=ItemState.LEFT).update(note=NOT_ASKED.get(why, ""))
    row.state, row.error, row.claimed, row.epoch, row.finished_at = state, why, False, row.epoch + 1, now
    row.save(update_fields=["state", "error", "claimed", "epoch", "finished_at"])
    ledger.release(row.hold, key=f"enrichment:{row.pk}:release", by_id=row.by_id, now=now)


def _end_children(row: Enrichment, now: datetime) -> None:
    """What is in flight comes back to a row that is not its own any more."""
    checks = EmailCheck.objects.of(row.workspace_id).filter(hold=row.hold_id, state__in=OPEN_STATES).order_by("pk")
    locked = {each.pk: each for each in checks.select_for_update(no_key=True, of=("self",)).select_related("hold")}
    if locked:
        end_checks(locked, {pk: {"state": LeaseState.STOPPED} for pk in locked}, now=now)
    Lookup.objects.of(row.workspace_id).filter(hold=row.hold_id, state__in=OPEN_STATES).update(
        state=LeaseState.STOPPED, claimed=False, epoch=F("epoch") + 1, finished_at=now
    )
