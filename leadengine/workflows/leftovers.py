"""What the exclusion ledger of a run shows and offers: reasons with their numbers, rows, and what including them costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from billing.ledger import InsufficientCredits, LimitExceeded
from leadengine.workflows.inclusion import (
    Inclusion,
    RunLimitExceeded,
    includable,
    include_anyway,
    may_be_included,
)
from leadengine.workflows.judging import Judged
from leadengine.workflows.leftover_people import people_of
from leadengine.workflows.resuming import NotPossible
from leads.models import BEST_FIRST, Exclusion, Reason, Run
from scoring.rules import rules_of_run

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Group:
    """One reason: how many were left out for it, how many of them one click includes, and for how much."""

    reason: str
    label: str
    count: int
    includable: int = 0
    price: Decimal = Decimal(0)


def groups(run: Run, *, now: datetime) -> list[Group]:
    """Every reason that occurred, the most frequent first; nothing is offered before the run has ended. One query."""
    open_rows = may_be_included(now)
    counted = (
        excluded(run)
        .order_by("reason")
        .values_list("reason")
        .annotate(
            number=Count("pk"),
            possible=Count("pk", filter=open_rows),
            price=Sum("lane__unit_price", filter=open_rows, default=Decimal(0)),
        )
    )
    found = [
        _group(reason, number, 0 if run.is_active else possible, price) for reason, number, possible, price in counted
    ]
    return sorted(found, key=lambda each: (-each.count, each.label))


def excluded(run: Run) -> QuerySet[Exclusion]:
    """The run's exclusions that still stand."""
    return Exclusion.objects.of(run.workspace_id).filter(run=run, included_at__isnull=True)


def includable_ids(run: Run, rows: Sequence[Exclusion], *, now: datetime) -> set[int]:
    """Which of these rows can be included after all: none before the run has ended. One query."""
    if run.is_active:
        return set()
    return set(includable(run, now=now).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def judged_rows(run: Run, rows: Sequence[Exclusion], *, now: datetime) -> dict[int, Judged]:
    """By row whom it is about, with the grade that they would have in this run; of those whose data is still kept."""
    kept = [row for row in rows if row.candidate]
    if not kept:
        return {}
    found, _scores = people_of(kept, run, rules_of_run(run), now=now)
    return {row.pk: person.judged for person in found for row in person.rows}


def include(run: Run, *, reason: str = "", ids: Sequence[int] = (), by: Any, now: datetime) -> Inclusion:
    """Include the given rows, or the best MOST_AT_ONCE of a reason.

    Raises NotPossible with a sentence; nothing happened then.
    """
    if run.is_active:
        raise NotPossible(f"Run {run.number} has not ended; who is left out now may be delivered still.")
    rows = includable(run, now=now).filter(pk__in=ids)
    if reason:
        rows = includable(run, now=now).filter(reason=reason).order_by(*BEST_FIRST)[:MOST_AT_ONCE]
    chosen = list(rows)
    if not chosen:
        raise NotPossible("These cannot be included: they were included before, or their data is not kept any more.")
    try:
        return include_anyway(run, chosen, by=by, now=now)
    except (InsufficientCredits, LimitExceeded, RunLimitExceeded) as refusal:
        raise NotPossible(str(refusal)) from refusal


def _group(reason: str, count: int, possible: int, price: Decimal) -> Group:
    at_once = min(possible, MOST_AT_ONCE)
    share = price * at_once / possible if possible else Decimal(0)
    return Group(reason, Reason(reason).label, count, at_once, share.quantize(Decimal("0.01")))
