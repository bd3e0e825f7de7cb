"""How runs end: every lane done, a limit reached, a source lost, or somebody's stop; the rest of the hold goes back at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing import ledger
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows.run_checks import return_unused
from leadengine.workflows.telling import tell_end, tell_if_credits_are_low
from leads.models import Lane, Run, RunState
from leads.sources import registry

OUT_OF_BUDGET = "Stopped: budget. The most credits were reached."
TOO_DEAR = "Asked no more: what is left does not pay for one more lead"


def locked(run: Run) -> Run:
    """The run as it is now, locked: the first lock of everything that moves it."""
    return Run.objects.select_for_update(no_key=True, of=("self",)).select_related("workspace", "hold").get(pk=run.pk)


def end(run: Run, state: RunState, reason: str, *, by_id: int | None = None, now: datetime) -> None:
    """End a locked run: fence off what is in flight, close its lanes, give back what is left of its hold, tell of it.

    `by_id` is whoever ended it, who knows.
    """
    lane_state = LeaseState.DONE if state == RunState.FINISHED else LeaseState.STOPPED
    close_lanes(run, lane_state)
    run.state, run.reason, run.ended_at, run.epoch = state, reason, now, run.epoch + 1
    run.save(update_fields=["state", "reason", "ended_at", "epoch"])
    return_credits(run, now=now)
    return_unused(run, now=now)
    tell_end(run, by_id=by_id, now=now)
    tell_if_credits_are_low(run.workspace, now=now)


def close_lanes(run: Run, state: LeaseState) -> None:
    """Take every open or paused lane from its worker: the raised epoch makes whatever it is doing void."""
    lanes = run.lanes.filter(state__in=[*OPEN_STATES, LeaseState.PAUSED])
    lanes.update(state=state, claimed=False, epoch=F("epoch") + 1)


def return_credits(run: Run, *, now: datetime) -> None:
    """Release what the run holds still; nothing happens the second time."""
    if run.hold_id and run.hold:
        ledger.release(run.hold, key=f"hold:{run.hold_id}:release", by_id=run.hold.member_id, now=now)
        run.hold.refresh_from_db()


def end_if_complete(run: Run, *, now: datetime) -> None:
    """End a locked run once it has what it was asked for, has spent what it may, or has nobody left to ask.

    A source of which not one more lead can be paid is asked no more; the others go on.
    """
    lanes = list(run.lanes.order_by("position", "pk"))
    still_open = [lane for lane in lanes if lane.state in OPEN_STATES]
    too_dear = [lane for lane in still_open if not _affordable(run, lane)]
    if not run.leads_left:
        end(run, RunState.FINISHED, "", now=now)
    elif not still_open:
        end(run, *_verdict(lanes), now=now)
    elif len(too_dear) == len(still_open):
        end(run, RunState.STOPPED, OUT_OF_BUDGET, now=now)
    else:
        _stop_asking(too_dear)


def _stop_asking(lanes: Sequence[Lane]) -> None:
    for lane in lanes:
        lane.state, lane.claimed, lane.epoch, lane.retry_note = LeaseState.STOPPED, False, lane.epoch + 1, TOO_DEAR
        lane.save(update_fields=["state", "claimed", "epoch", "retry_note"])


def _affordable(run: Run, lane: Lane) -> bool:
    left = run.credits_left
    return lane.unit_price <= min(left, run.hold.remaining if run.hold else left)


def _verdict(lanes: list[Lane]) -> tuple[RunState, str]:
    failed = [lane for lane in lanes if lane.state == LeaseState.FAILED]
    why = "; ".join(f"{registry.title(lane.source)}: {lane.error}" for lane in failed)[:300]
    if any(lane.state == LeaseState.STOPPED for lane in lanes):
        return RunState.STOPPED, f"{OUT_OF_BUDGET} {why}".strip()[:300]
    return (RunState.FAILED if failed and len(failed) == len(lanes) else RunState.FINISHED), why


@transaction.atomic
def fail_lane(lane: Lane) -> None:
    """End one source's share for good, with its error for people; the run goes on with the others, or fails."""
    run = locked(lane.run)
    now = timezone.now()
    Lane.objects.filter(pk=lane.pk, state__in=OPEN_STATES).update(
        state=LeaseState.FAILED, claimed=False, epoch=F("epoch") + 1, error=lane.error[:300]
    )
    if run.is_active:
        end_if_complete(run, now=now)
