"""One batch settled in one transaction: leads, evidence, scores, charges, exclusions, counters and the cursor, or nothing.

The transaction is conditional on the lane's epoch and batch number, so a batch that is run twice (a worker was killed, a
task was redelivered) finds them moved on and rolls back whole: nothing is lost, doubled or charged twice.
Lock order: run, lane, identities, credit account, hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from billing import ledger
from leadengine.leased import LeaseState
from leadengine.workflows import excluding
from leadengine.workflows.charging import charges
from leadengine.workflows.deciding import Decided, Room, Seen, decide
from leadengine.workflows.judging import Judged
from leadengine.workflows.leases import LEASE, LeaseLost
from leads import intake, known, merging_evidence
from leads.companies import related
from leads.intake import Accepted
from leads.known import Known
from leads.merging_evidence import More
from leads.models import Lane, Lead, Run, RunState
from leads.sources import registry
from leads.sources.base import RecordFault
from leads.suppressing import suppressed
from scoring import engine, recording
from scoring.engine import Scores
from scoring.rescoring import rescore
from scoring.rulebook import ScoringProfile


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer of a source came to before it is decided on: judged and scored, with the records that were unusable."""

    judged: Sequence[Judged]
    scores: Scores
    faults: Sequence[RecordFault]
    next_cursor: dict[str, Any] | None

    @property
    def found(self) -> int:
        """Every record that the source returned: each will be delivered or excluded."""
        return len(self.faults) + sum(1 + len(each.prospect.duplicates) for each in self.judged)


@transaction.atomic
def settle(lane: Lane, batch: Batch, rulebook: ScoringProfile, *, now: datetime) -> Run:
    """Write the batch and move the lane on; answers the run as it stands then. Raises LeaseLost when it was fenced off."""
    run, held_lane = lock(lane)
    decided = _decided(run, held_lane, batch, now)
    accepted = [each.accepted for each in decided if each.accepted]
    intake.save(held_lane, accepted, now=now)
    _record_scores(run, decided, batch, rulebook, now)
    spent = _charge(run, held_lane, accepted, now)
    excluding.save(held_lane, decided, batch.faults, now=now)
    _add_evidence(held_lane, decided, now)
    _move_on(run, held_lane, batch, delivered=len(accepted), spent=spent, now=now)
    return run


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


def room(run: Run, lane: Lane) -> Room:
    """What the run may still deliver and spend."""
    held = run.hold.remaining if run.hold else Decimal(0)
    return Room(
        leads=run.most_leads - run.delivered,
        credits=min(held, run.most_credits - run.spent),
        unit_price=lane.unit_price,
    )


def _decided(run: Run, lane: Lane, batch: Batch, now: datetime) -> list[Decided]:
    """Decisions, with those turned into refusals that lost their identity to another worker's new lead."""
    prospects = [each.prospect for each in batch.judged]
    candidates = [each.candidate for each in prospects]
    found = known.find(run.workspace_id, prospects)
    seen = Seen(
        suppressed=suppressed(run.workspace_id, candidates),
        marked=related(run.workspace_id, [each.company for each in candidates]),
        known=found,
        last=known.last_deliveries({each.lead_id for each in found.values()}),
    )
    decided = _decide(run, lane, batch, seen, now)
    new = [each.accepted for each in decided if each.accepted and each.accepted.is_new]
    known_pairs = [(lead_id, each.judged.prospect) for each in decided if (lead_id := each.adds_to)]
    lost = intake.claim_leads(run.workspace_id, new, known_pairs)
    if not lost:
        return decided
    taken = {
        each.index: lost[each.accepted.lead_id] for each in decided if each.accepted and each.accepted.lead_id in lost
    }
    raced = {index: Known(lead_id, "another run delivered it at the same moment") for index, lead_id in taken.items()}
    return _keep_ids(decided, _decide(run, lane, batch, _also_known(seen, raced), now))


def _decide(run: Run, lane: Lane, batch: Batch, seen: Seen, now: datetime) -> list[Decided]:
    limits = room(run, lane)
    return decide(batch.judged, seen, limits, run_id=run.pk, reuse_days=run.workspace.reuse_days, now=now)


def _also_known(seen: Seen, raced: dict[int, Known]) -> Seen:
    lead_ids = {each.lead_id for each in (*seen.known.values(), *raced.values())}
    return Seen(seen.suppressed, seen.marked, {**seen.known, **raced}, known.last_deliveries(lead_ids))


def _keep_ids(first: Sequence[Decided], again: Sequence[Decided]) -> list[Decided]:
    """The second decision with the keys claimed at the first; a prospect accepted only now waits for another run."""
    claimed = {each.index: each.accepted for each in first if each.accepted}
    kept = []
    for each in again:
        if each.accepted and each.index not in claimed:
            kept.append(first[each.index])
        elif each.accepted:
            kept.append(Decided(each.index, each.judged, accepted=claimed[each.index], lead_id=each.lead_id))
        else:
            kept.append(each)
    return kept


def _record_scores(run: Run, decided: Sequence[Decided], batch: Batch, rulebook: ScoringProfile, now: datetime) -> None:
    rows = [(each.index, each.accepted.lead_id) for each in decided if each.accepted]
    if not rows:
        return
    steps = batch.scores.steps[[index for index, _ in rows]]
    lead_ids: list[UUID] = [lead_id for _, lead_id in rows]
    recording.record(
        run.workspace_id,
        lead_ids,
        engine.tally(steps, rulebook),
        profile_id=run.profile_id,
        why=f"Delivered by run {run.number}",
        now=now,
    )


def _add_evidence(lane: Lane, decided: Sequence[Decided], now: datetime) -> None:
    """What a duplicate knows goes to the lead, free of charge; a lead that is better known by it is scored again."""
    more = [
        More(lead_id, each.judged.prospect, each.judged.contact, is_delivery=each.accepted is not None)
        for each in decided
        if (lead_id := each.adds_to)
    ]
    changed = set(merging_evidence.save(lane, more, now=now)) - {each.lead_id for each in more if each.is_delivery}
    leads = Lead.objects.of(lane.workspace_id).filter(pk__in=changed).select_related("company", "workspace")
    rescore(list(leads), why=f"More facts from {registry.title(lane.source)}", now=now)


def _charge(run: Run, lane: Lane, accepted: Sequence[Accepted], now: datetime) -> Decimal:
    if run.hold is None:
        return Decimal(0)
    return ledger.capture(run.hold, charges(lane, accepted), by_id=run.started_by_id, now=now)


def _move_on(run: Run, lane: Lane, batch: Batch, *, delivered: int, spent: Decimal, now: datetime) -> None:
    """Counters and cursor; the lease is renewed, which is the worker's heartbeat."""
    for row in (run, lane):
        row.found += batch.found
        row.delivered += delivered
        row.spent += spent
    run.save(update_fields=["found", "delivered", "spent"])
    lane.sequence += 1
    lane.stalls = lane.faults = 0
    lane.retry_note, lane.due_at = "", now + LEASE
    if batch.next_cursor is None:
        lane.state, lane.claimed = LeaseState.DONE, False
    else:
        lane.cursor = batch.next_cursor
    lane.save()
    lane.answers.filter(sequence__lt=lane.sequence).delete()
