"""Includes excluded candidates after all: a person's click is a new order, charged on a hold of its own.

Lock order as everywhere: publishing, run, lanes, known leads, identities, companies, credit account, hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing import auditing, ledger
from billing.models import HoldPurpose
from leadengine.wording import amount, in_credits
from leadengine.workflows import saving
from leadengine.workflows.charging import charges
from leadengine.workflows.deciding import Decided, Room
from leadengine.workflows.ending import locked
from leadengine.workflows.excluding import close, stand_as
from leadengine.workflows.leftover_people import Person, people_of
from leadengine.workflows.outcomes import outcomes_of
from leadengine.workflows.saving import Shares, accepted
from leads.models import REINCLUDABLE, Exclusion, Lane, Reason, Run
from leads.models.keys import new_id
from leads.prospecting import Refusal
from scoring.engine import GRADES
from scoring.publication_lock import while_delivering
from scoring.rules import rules_of_run

KEPT = timedelta(days=30)
ALSO_THIS = Refusal(Reason.DUPLICATE_IN_RUN, "Included by hand with another record of the same person")


class RunLimitExceeded(Exception):
    """Including them would cost more than a run of the workspace may; the message names the limit."""

    def __init__(self, most: Decimal, spent: Decimal, needed: Decimal) -> None:
        super().__init__(
            f"A run of this workspace may cost {in_credits(most)} at most. This one has spent {amount(spent)}, and "
            f"including them costs {amount(needed)} more; a manager of your workspace can raise the limit."
        )


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What came of it: who was delivered, for how much, and why the others still were not (reason to number)."""

    lead_ids: tuple[UUID, ...]
    charged: Decimal
    refused: Mapping[str, int]

    @property
    def delivered(self) -> int:
        return len(self.lead_ids)


def includable(run: Run, *, now: datetime) -> Any:
    """The exclusions of a run that can be included."""
    return Exclusion.objects.of(run.workspace_id).filter(may_be_included(now), run=run)


def may_be_included(now: datetime) -> Q:
    """Of a kind that may be, not yet included, their candidate still kept."""
    kept = Q(candidate__isnull=False, created_at__gt=now - KEPT)
    return kept & Q(reason__in=REINCLUDABLE, included_at__isnull=True)


@transaction.atomic
def include_anyway(run: Run, exclusions: Sequence[Exclusion], *, by: Any, now: datetime) -> Inclusion:
    """Deliver these excluded candidates of the run, each person once, however many of the rows are about them.

    The suppression list and the re-use window are asked again; criteria, grade and limits of the run are not: the click
    overrules them. They are scored as everybody is, by the profiles in force. Raises InsufficientCredits, LimitExceeded or
    RunLimitExceeded, and then nothing happened.
    """
    while_delivering(run.workspace_id)
    run = locked(run)
    rows = includable(run, now=now).filter(pk__in=[each.pk for each in exclusions]).order_by("pk")
    lanes = {lane.pk: lane for lane in run.lanes.select_for_update(no_key=True).order_by("pk")}
    rules = rules_of_run(run)
    found, scores = people_of(list(rows), run, rules, now=now)
    room = Room(leads=len(found), credits=Decimal(0), unit_price=Decimal(0))
    decided = outcomes_of(run, [each.judged for each in found], room, rules, lowest=GRADES[-1], marks={}, now=now)
    shares = _shares(lanes, found, decided)
    saving.save(run, shares, scores, rules, why=f"Included in run {run.number} by hand", now=now)
    charged = _charge(run, shares, by, now)
    _count(run, shares)
    told = {"leads": len(accepted(decided)), "amount": str(charged)}
    if told["leads"]:
        auditing.record("run.included", workspace_id=run.workspace_id, by=by, obj=run, after=told, now=now)
    delivered = tuple(each.lead_id for each in accepted(decided))
    return Inclusion(delivered, charged, _close(found, decided, now))


def _shares(lanes: Mapping[int, Lane], people: Sequence[Person], decided: Sequence[Decided]) -> Shares:
    """The outcomes by lane, at its price: a person belongs to the lane that found them first."""
    shares: dict[Lane, list[Decided]] = defaultdict(list)
    for person, outcome in zip(people, decided, strict=True):
        lane = lanes[person.rows[0].lane_id]
        shares[lane].append(outcome.priced(lane.unit_price))
    return shares


def _charge(run: Run, shares: Shares, by: Any, now: datetime) -> Decimal:
    """Hold and capture what the included leads cost; nothing is held for leads that are free."""
    owed = [charge for lane, decided in shares.items() for charge in charges(lane, accepted(decided))]
    total = sum((charge.amount for charge in owed), Decimal(0))
    if not total:
        return total
    most = run.workspace.most_credits_per_run
    if most is not None and run.spent + total > most:
        raise RunLimitExceeded(most, run.spent, total)
    key, purpose = f"reinclusion:{new_id()}:hold", HoldPurpose.REINCLUSION
    hold = ledger.hold(run.workspace, total, key=key, purpose=purpose, run_id=run.pk, by=by, now=now)
    return ledger.capture(hold, owed, by_id=by.pk, now=now)


def _count(run: Run, shares: Shares) -> None:
    """Delivered and charged beyond the limits of the run, which stay what was asked."""
    for lane, decided in shares.items():
        number = len(accepted(decided))
        spent = sum((each.unit_price for each in accepted(decided)), Decimal(0))
        for row in (run, lane):
            row.delivered, row.spent = row.delivered + number, row.spent + spent
        lane.save(update_fields=["delivered", "spent"])
        run.included, run.included_cost = run.included + number, run.included_cost + spent
    run.save(update_fields=["delivered", "spent", "included", "included_cost"])


def _close(people: Sequence[Person], decided: Sequence[Decided], now: datetime) -> dict[str, int]:
    """Close the rows that are done with; answers why those that were not delivered still are not."""
    refused: Counter[str] = Counter()
    for person, outcome in zip(people, decided, strict=True):
        rest, refusal = person.rows, outcome.refusal or ALSO_THIS
        if outcome.accepted:
            _mark_included(person.rows[0], outcome.accepted.lead_id, now)
            stand_as(person.rows, outcome.accepted.lead_id)
            rest = person.rows[1:]
        if refusal.reason in (Reason.SUPPRESSED, Reason.DUPLICATE_IN_RUN):
            close([row.pk for row in rest], refusal, outcome.lead)
        refused[str(refusal.reason)] += len(rest)
    return dict(+refused)


def _mark_included(row: Exclusion, lead_id: UUID, now: datetime) -> None:
    Exclusion.objects.filter(pk=row.pk).update(included_at=now, lead_id=lead_id, candidate=None, keys=[])
