"""Includes excluded candidates after all: a person's click is a new order, charged on a hold of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from billing import ledger
from billing.models import HoldPurpose
from leadengine.workflows.charging import charges
from leadengine.workflows.deciding import Decided, Room, Seen, decide
from leadengine.workflows.ending import locked
from leadengine.workflows.judging import Judged, check
from leadengine.workflows.lanes import rulebook_of
from leads import intake, known
from leads.candidate import Candidate
from leads.companies import related
from leads.criteria import Criteria
from leads.intake import Accepted
from leads.models import REINCLUDABLE, Exclusion, Lane, Run
from leads.models.keys import new_id
from leads.prospecting import prospect
from leads.suppressing import suppressed
from scoring import engine, recording
from scoring.facts import from_candidates
from scoring.rulebook import ScoringProfile

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What came of it: how many were delivered, for how much, and why the others still were not (reason to number)."""

    delivered: int
    charged: Decimal
    refused: Mapping[str, int]


def includable(run: Run, *, now: datetime) -> Any:
    """The exclusions of a run that can be included."""
    return Exclusion.objects.of(run.workspace_id).filter(may_be_included(now), run=run)


def may_be_included(now: datetime) -> Q:
    """Of a kind that may be, not yet included, their candidate still kept."""
    kept = Q(candidate__isnull=False, created_at__gt=now - KEPT)
    return kept & Q(reason__in=REINCLUDABLE, included_at__isnull=True)


@transaction.atomic
def include_anyway(run: Run, exclusions: Sequence[Exclusion], *, by: Any, now: datetime) -> Inclusion:
    """Deliver these excluded candidates of the run; raises InsufficientCredits or LimitExceeded, and then nothing happened.

    The suppression list and the re-use window are asked again; criteria, grade and limits are not: the click overrules them.
    """
    run = locked(run)
    rows = list(includable(run, now=now).filter(pk__in=[each.pk for each in exclusions]).order_by("lane_id", "pk"))
    lanes = run.lanes.select_for_update(no_key=True).in_bulk({row.lane_id for row in rows})
    total = sum((lanes[row.lane_id].unit_price for row in rows), Decimal(0))
    key = f"reinclusion:{new_id()}"
    hold = ledger.hold(
        run.workspace, total, key=f"{key}:hold", purpose=HoldPurpose.REINCLUSION, run_id=run.pk, by=by, now=now
    )
    rulebook, by_lane = rulebook_of(run), defaultdict(list)
    for row in rows:
        by_lane[row.lane_id].append(row)
    done = [_include(run, lanes[lane_id], group, hold, rulebook, by, now) for lane_id, group in by_lane.items()]
    ledger.release(hold, key=f"{key}:release", by_id=by.pk, now=now)
    refused = sum((Counter(each.refused) for each in done), Counter())
    return Inclusion(
        sum(each.delivered for each in done), sum((each.charged for each in done), Decimal(0)), dict(refused)
    )


def _include(
    run: Run, lane: Lane, rows: Sequence[Exclusion], hold: Any, rulebook: ScoringProfile, by: Any, now: datetime
) -> Inclusion:
    judged, steps = _judged(rows, rulebook, now)
    decided = _decided(run, lane, judged, now)
    accepted = [(each.index, each.accepted) for each in decided if each.accepted]
    lost = intake.claim_leads(run.workspace_id, [each for _, each in accepted if each.is_new])
    accepted = [(index, each) for index, each in accepted if each.lead_id not in lost]
    intake.save(lane, [each for _, each in accepted], now=now)
    _score(run, accepted, steps, rulebook, now)
    charged = ledger.capture(hold, charges(lane, [each for _, each in accepted]), by_id=by.pk, now=now)
    _count(run, lane, len(accepted), charged)
    for index, each in accepted:
        Exclusion.objects.filter(pk=rows[index].pk).update(
            included_at=now, lead_id=each.lead_id, candidate=None, keys=[]
        )
    refused = Counter(str(each.refusal.reason) for each in decided if each.refusal)
    return Inclusion(len(accepted), charged, refused)


def _judged(rows: Sequence[Exclusion], rulebook: ScoringProfile, now: datetime) -> tuple[list[Judged], Any]:
    anything = Criteria()
    found = [prospect([Candidate.from_json(row.candidate or {})], anything) for row in rows]
    checked = [check(each, anything, must_reach=False) for each in found]
    scores = engine.score(from_candidates(checked, now=now), rulebook)
    graded = [
        Judged(each.prospect, each.contact, each.email, each.phone, grade)
        for each, grade in zip(checked, scores.grade, strict=True)
    ]
    return graded, scores.steps


def _decided(run: Run, lane: Lane, judged: Sequence[Judged], now: datetime) -> list[Decided]:
    prospects = [each.prospect for each in judged]
    found = known.find(run.workspace_id, prospects)
    seen = Seen(
        suppressed=suppressed(run.workspace_id, [each.candidate for each in judged]),
        marked=related(run.workspace_id, [each.candidate.company for each in judged]),
        known=found,
        last=known.last_deliveries({each.lead_id for each in found.values()}),
    )
    room = Room(leads=len(judged), credits=lane.unit_price * len(judged), unit_price=lane.unit_price)
    return decide(judged, seen, room, run_id=run.pk, reuse_days=run.workspace.reuse_days, now=now)


def _score(
    run: Run, accepted: Sequence[tuple[int, Accepted]], steps: Any, rulebook: ScoringProfile, now: datetime
) -> None:
    if not accepted:
        return
    scores = engine.tally(steps[[index for index, _ in accepted]], rulebook)
    lead_ids = [each.lead_id for _, each in accepted]
    why = f"Included in run {run.number} by hand"
    recording.record(run.workspace_id, lead_ids, scores, profile_id=run.profile_id, why=why, now=now)


def _count(run: Run, lane: Lane, delivered: int, charged: Decimal) -> None:
    """The order grew by what was included: its limits grow with it where they were reached."""
    run.delivered, run.spent = run.delivered + delivered, run.spent + charged
    run.most_leads, run.most_credits = max(run.most_leads, run.delivered), max(run.most_credits, run.spent)
    run.save(update_fields=["delivered", "spent", "most_leads", "most_credits"])
    Lane.objects.filter(pk=lane.pk).update(delivered=F("delivered") + delivered, spent=F("spent") + charged)
