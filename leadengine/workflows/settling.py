"""One batch settled in one transaction: leads, evidence, scores, charges, exclusions, counters and the cursor, or nothing.

The transaction is conditional on the lane's epoch and batch number, so a batch that is run twice (a worker was killed, a
task was redelivered) finds them moved on and rolls back whole: nothing is lost, doubled or charged twice.
Lock order: publishing, run, lane, known leads, identities, companies, credit account, hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from billing import ledger
from leadengine.leased import LeaseState
from leadengine.workflows import excluding, frontier, saving
from leadengine.workflows.charging import charges
from leadengine.workflows.deciding import Decided, Room
from leadengine.workflows.judging import Judged, judge_again
from leadengine.workflows.leases import LEASE, LeaseLost
from leadengine.workflows.looking_ahead import ahead, too_low, waiting
from leadengine.workflows.outcomes import outcomes_of
from leadengine.workflows.regrading import Mark
from leadengine.workflows.run_checks import order_checks
from leadengine.workflows.stop_notice import is_being_stopped
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.intake import Accepted
from leads.models import Lane, Run, RunState
from leads.sources.base import Page, RecordFault
from scoring.engine import Scores
from scoring.publication_lock import while_delivering
from scoring.rules import Rules, are_in_force, rules_of_run


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer of a source came to before it is decided on: judged and scored, with the records that were unusable.

    `found_before` is what the run had found when it was judged: more by now means that another source was quicker.
    `told`: what company sources had said of the company whose people the page holds. `is_cut_off`: no domain could be
    looked up.
    """

    judged: Sequence[Judged]
    scores: Scores
    page: Page
    broken: Sequence[RecordFault]
    found_before: int
    told: tuple[Candidate, ...] = ()
    is_cut_off: bool = False

    @property
    def faults(self) -> Sequence[RecordFault]:
        return (*self.page.faults, *self.broken)

    @property
    def found(self) -> int:
        """Every record that the source returned: each will be delivered or excluded."""
        return len(self.faults) + sum(1 + len(each.prospect.duplicates) for each in self.judged)


class TooLow(Exception):
    """Some would be delivered with a grade below the least that was asked for; `marks` by their positions.

    `waiting` are the positions of those who would come in their place.
    """

    def __init__(self, marks: dict[int, Mark], waiting: list[int]) -> None:
        self.marks, self.waiting = marks, waiting
        super().__init__()


@transaction.atomic
def settle(lane: Lane, batch: Batch, rules: Rules, *, now: datetime) -> Run:
    """Write the batch and move the lane on; answers the run as it stands then. Raises LeaseLost when it was fenced off,
    or when somebody stops the run meanwhile."""
    while_delivering(lane.workspace_id)
    run, held_lane = lock(lane)
    batch, rules = _up_to_date(batch, run, rules, now)
    decided = _deliver(run, held_lane, batch, rules, now)
    accepted = [each.accepted for each in decided if each.accepted]
    excluding.save(held_lane, decided, batch.faults, now=now)
    frontier.feed(held_lane, batch.judged, Criteria.from_json(run.criteria))
    spent = _charge(run, held_lane, accepted, now)
    order_checks(run, accepted, now=now)
    _move_on(run, held_lane, batch, delivered=len(accepted), spent=spent, now=now)
    _heed_stop(run)
    return run


def _heed_stop(run: Run) -> None:
    """Gives the batch up where somebody stops the run while it is written: they were told what is spent without it."""
    if is_being_stopped(run.pk):
        raise LeaseLost


def _deliver(run: Run, lane: Lane, batch: Batch, rules: Rules, now: datetime) -> list[Decided]:
    """Decide and write. Who has too low a grade once everything is stored is decided on again, by that grade; and so is
    who moves up into the freed place, of whom those who are too low are found together. It ends, for each time somebody more
    is refused for good."""
    marks: dict[int, Mark] = {}
    while True:
        try:
            with transaction.atomic():
                return _written(run, lane, batch, rules, marks, now)
        except TooLow as found:
            marks |= found.marks
            places = found.waiting
        _heed_stop(run)
        marks |= ahead(run, lane, batch.judged, batch.scores, rules, places, now) if places else {}


def _written(
    run: Run, lane: Lane, batch: Batch, rules: Rules, marks: Mapping[int, Mark], now: datetime
) -> list[Decided]:
    lowest = run.lowest_grade
    _heed_stop(run)
    decided = outcomes_of(run, batch.judged, room(run, lane), rules, lowest=lowest, marks=marks, now=now)
    why = f"Delivered by run {run.number}"
    others = saving.save(run, {lane: decided}, batch.scores, rules, why=why, now=now)
    if too_low(others, lowest):
        raise TooLow(others, waiting(decided))
    return decided


def lock(lane: Lane) -> tuple[Run, Lane]:
    """The run and the lane, locked in this order; LeaseLost unless the lane is still this worker's and at this batch."""
    run = (
        Run.objects.select_for_update(no_key=True, of=("self",)).select_related("workspace", "hold").get(pk=lane.run_id)
    )
    held = (
        Lane.objects.select_for_update(no_key=True)
        .filter(pk=lane.pk, epoch=lane.epoch, sequence=lane.sequence, state=LeaseState.RUNNING)
        .first()
    )
    if held is None or run.state != RunState.RUNNING:
        raise LeaseLost
    held.run = run
    return run, held


def _up_to_date(batch: Batch, run: Run, rules: Rules, now: datetime) -> tuple[Batch, Rules]:
    """The batch judged again if another version is in force by now, or if another source settled since, and refused
    somebody about whom this one knows more; and the rules that it is judged by."""
    same = are_in_force(rules, run.workspace_id)
    if same and run.found == batch.found_before:
        return batch, rules
    rules = rules if same else rules_of_run(run)
    again = judge_again(batch.judged, run=run, rules=rules, now=now, told=batch.told, anyway=not same)
    return (replace(batch, judged=again[0], scores=again[1]) if again else batch), rules


def room(run: Run, lane: Lane) -> Room:
    """What the run may still deliver and spend."""
    held = run.hold.remaining if run.hold else Decimal(0)
    return Room(
        leads=run.leads_left,
        credits=min(held, run.credits_left),
        unit_price=lane.unit_price,
    )


def _charge(run: Run, lane: Lane, accepted: Sequence[Accepted], now: datetime) -> Decimal:
    if run.hold is None:
        return Decimal(0)
    return ledger.capture(run.hold, charges(lane, accepted), by_id=run.hold.member_id, now=now)


def _move_on(run: Run, lane: Lane, batch: Batch, *, delivered: int, spent: Decimal, now: datetime) -> None:
    """Counters and cursor; the lease is renewed, which is the worker's heartbeat."""
    for row in (run, lane):
        row.found += batch.found
        row.delivered += delivered
        row.spent += spent
    run.is_cut_off = run.is_cut_off or batch.is_cut_off
    run.save(update_fields=["found", "delivered", "spent", "is_cut_off"])
    lane.sequence += 1
    lane.stalls = lane.faults = 0
    lane.retry_note, lane.due_at = "", now + LEASE
    if batch.page.next_cursor is None:
        lane.state, lane.claimed = LeaseState.DONE, False
    else:
        lane.cursor = batch.page.next_cursor
    lane.save()
    lane.answers.filter(sequence__lt=lane.sequence).delete()
