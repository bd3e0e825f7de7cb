"""What needs somebody now: runs under way and to review, files with faults, the best new leads; of one person or the team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Sum

from leads.models import MOVING_STATES, Delivery, Lead, Run, RunState, SourceFile
from leads.models.lead import LeadQuerySet
from leads.run_costs import spent_on_checks, with_cost
from leads.untouched import NEW, is_untouched

BEST = ("A+", "A")
REVIEW_FOR = timedelta(days=14)
LIVE_SHOWN, REVIEWS_SHOWN, LEADS_SHOWN = 5, 5, 6


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days; paid-back leads are not counted. `spent`: on leads, and on verifications that runs ordered."""

    delivered: int
    best: int
    spent: Decimal


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """How far a new workspace is; `has_reviewed`: somebody moved a lead on in the pipeline."""

    has_run: bool
    has_reviewed: bool
    knows_ideal: bool

    @property
    def done(self) -> int:
        return self.has_run + self.has_reviewed + self.knows_ideal

    @property
    def is_done(self) -> bool:
        return self.done == 3


@dataclass(frozen=True, slots=True)
class Agenda:
    """`reviews` are ended runs with `waiting` leads that nobody has touched; `troubled` need a decision before they go on.

    `files` have `faults` lines that were left out, and no run has used them yet.
    """

    live: list[Run]
    troubled: list[Run]
    reviews: list[Run]
    files: list[SourceFile]
    best_new: int
    best: list[Lead]
    week: Week

    @property
    def is_empty(self) -> bool:
        return not (self.troubled or self.reviews or self.files or self.best_new)


def agenda(workspace: Any, *, of: Any | None, now: datetime) -> Agenda:
    """Of the person `of`, or of everybody. A fixed number of queries."""
    mine = {"started_by": of} if of else {}
    runs = Run.objects.of(workspace).filter(**mine).select_related("started_by").order_by("-created_at", "-id")
    best = _best_new(workspace, of)
    related = best.select_related("company", "score").order_by("-score__total", "name_key", "id")
    return Agenda(
        live=live_runs(workspace, of=of),
        troubled=list(runs.filter(_needs_decision(now))[:REVIEWS_SHOWN]),
        reviews=list(_with_new_leads(workspace, runs, now)[:REVIEWS_SHOWN]),
        files=list(_with_faults(workspace, of, now)[:REVIEWS_SHOWN]),
        best_new=best.count(),
        best=list(related[:LEADS_SHOWN]),
        week=_week(workspace, of, now),
    )


def live_runs(workspace: Any, *, of: Any | None) -> list[Run]:
    """The newest runs that are queued or running."""
    mine = {"started_by": of} if of else {}
    found = with_cost(Run.objects.of(workspace)).filter(state__in=MOVING_STATES, **mine).select_related("started_by")
    return list(found.order_by("-created_at", "-id")[:LIVE_SHOWN])


def first_steps(workspace: Any, *, knows_ideal: bool) -> FirstSteps:
    """Two queries."""
    leads = Lead.objects.of(workspace)
    moved = leads.exclude(stage__key=NEW)
    has_run = Run.objects.of(workspace).exists()
    return FirstSteps(has_run=has_run, has_reviewed=moved.exists(), knows_ideal=knows_ideal)


def untouched(workspace: Any, *, or_handed_over: bool = False) -> LeadQuerySet:
    """Living leads that nobody has touched, as the query language says it: is:untouched."""
    return Lead.objects.of(workspace).living().filter(is_untouched(or_handed_over=or_handed_over))


def _needs_decision(now: datetime) -> Q:
    return Q(state=RunState.PAUSED) | Q(state=RunState.FAILED, ended_at__gte=now - REVIEW_FOR)


def _best_new(workspace: Any, of: Any | None) -> LeadQuerySet:
    """A leads with which nobody has begun; of one person: those that are theirs, or nobody's and delivered by their runs."""
    found = untouched(workspace, or_handed_over=True).graded(*BEST)
    if not of:
        return found
    delivered = Delivery.objects.of(workspace).filter(run__started_by=of, lead=OuterRef("pk"))
    return found.filter(Q(owner=of) | (Q(owner__isnull=True) & Exists(delivered)))


def _with_new_leads(workspace: Any, runs: QuerySet[Run], now: datetime) -> QuerySet[Run]:
    lately = untouched(workspace).filter(deliveries__run__ended_at__gte=now - REVIEW_FOR)
    new = Q(deliveries__lead__in=lately.values("pk"))
    best = new & Q(deliveries__lead__score__grade__in=BEST)
    ended = runs.filter(state__in=[RunState.FINISHED, RunState.STOPPED], ended_at__gte=now - REVIEW_FOR)
    counted = ended.annotate(waiting=Count("deliveries", filter=new), waiting_best=Count("deliveries", filter=best))
    return counted.filter(waiting__gt=0)


def _with_faults(workspace: Any, of: Any | None, now: datetime) -> QuerySet[SourceFile]:
    mine = {"uploaded_by": of} if of else {}
    fresh = SourceFile.objects.of(workspace).filter(
        created_at__gte=now - REVIEW_FOR, runs__isnull=True, imported_by__isnull=True, **mine
    )
    faults = Func(F("errors"), function="jsonb_array_length", output_field=IntegerField())
    return fresh.defer("errors").annotate(faults=faults).filter(faults__gt=0).order_by("-created_at", "-id")


def _week(workspace: Any, of: Any | None, now: datetime) -> Week:
    mine = {"run__started_by": of} if of else {}
    since = now - timedelta(days=7)
    kept = Delivery.objects.of(workspace).filter(delivered_at__gte=since, reversed_at__isnull=True, **mine)
    found = kept.aggregate(
        delivered=Count("pk"), best=Count("pk", filter=Q(grade__in=BEST)), spent=Sum("unit_price", default=Decimal(0))
    )
    runs = Run.objects.of(workspace).filter(**({"started_by": of} if of else {}))
    found["spent"] += spent_on_checks(runs, since=since)
    return Week(**found)
