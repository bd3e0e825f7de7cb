"""The leads of a dashboard as counts by day, source, owner, score and industry; every query is grouped by the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from leads.models import Lead
from leads.models.lead import LeadQuerySet
from leads.vocabulary import industries
from scoring.dashboard.asked import Asked
from scoring.dashboard.costs import Costs, costs_of
from scoring.dashboard.period import Span
from scoring.dashboard.worth import GOOD, UsualDeal, Worth, total, worth_by


@dataclass(frozen=True)
class Cohort:
    """`days`: by day and grade ("" without one); `sources`: by source and owner; all of whom the filter asks for."""

    asked: Asked
    usual: UsualDeal
    days: list[tuple[date, str, Worth]]
    sources: list[tuple[str, int | None, Worth]]
    costs: Costs

    @cached_property
    def _graded(self) -> dict[str | None, list[tuple[date, Worth]]]:
        """By grade, and under None all."""
        found: dict[str | None, list[tuple[date, Worth]]] = {None: []}
        for day, grade, each in self.days:
            found[None].append((day, each))
            found.setdefault(grade, []).append((day, each))
        return found

    def worth(self, span: Span, grade: str | None = None) -> Worth:
        return total(each for day, each in self._graded.get(grade, ()) if span.has(day))

    def cost(self, span: Span, source: str | None = None) -> Decimal:
        found = (credits for (day, of), credits in self.costs.items() if span.has(day) and source in (None, of))
        return sum(found, Decimal(0))

    def by(self, place: int) -> dict[Any, Worth]:
        """Of the period: by source (0) or by owner (1), most leads first."""
        found: dict[Any, list[Worth]] = {}
        for row in self.sources:
            found.setdefault(row[place], []).append(row[2])
        sums = {key: total(each) for key, each in found.items()}
        return dict(sorted(sums.items(), key=lambda item: (-item[1].leads, str(item[0]))))


def cohort(workspace: Any, asked: Asked, usual: UsualDeal) -> Cohort:
    """Six queries."""
    reached = added(_of(workspace, asked), asked.period.reach(asked.today))
    days = worth_by(reached.annotate(day=TruncDate("created_at")), usual.currency, "day", "score__grade")
    of_period = added(_of(workspace, asked), asked.span)
    sources = worth_by(of_period, usual.currency, "source", "owner_id")
    kept = [(day, grade or "", each) for day, grade, each in days]
    return Cohort(asked, usual, kept, [(*row,) for row in sources], costs_of(reached))


def added(leads: Any, span: Span) -> Any:
    """Leads or runs that were made in these days."""
    return leads.filter(created_at__gte=_start(span.first), created_at__lt=_start(span.last + timedelta(days=1)))


def of_everybody(workspace: Any, asked: Asked) -> int:
    """How many leads came in the period, whoever owns them. One query."""
    number: int = added(Lead.objects.of(workspace).living(), asked.span).count()
    return number


def spread(workspace: Any, asked: Asked) -> dict[tuple[int, str], int]:
    """Graded leads of the period by total and grade. One query."""
    graded = added(_of(workspace, asked), asked.span).filter(score__isnull=False).order_by()
    rows = graded.values_list("score__total", "score__grade").annotate(number=Count("pk"))
    return {(points, grade): number for points, grade, number in rows}


@dataclass(slots=True)
class Industry:
    """`good` of `graded` leads of the period are A or B; `all_good` of `all_graded` of everybody's, whenever they came."""

    code: str
    graded: int = 0
    good: int = 0
    all_graded: int = 0
    all_good: int = 0
    codes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return industries.label(self.code) if self.code else "Not known"


def by_industry(workspace: Any, asked: Asked) -> list[Industry]:
    """Top industries, most leads of the period first. One query over all graded leads of the workspace."""
    first, after = _start(asked.span.first), _start(asked.span.last + timedelta(days=1))
    here = Q(created_at__gte=first, created_at__lt=after) & asked.owner
    is_good = Q(score__grade__in=GOOD)
    graded = Lead.objects.of(workspace).living().filter(score__isnull=False).order_by()
    rows = graded.values_list("company__industry").annotate(
        n=Count("pk", filter=here),
        n_good=Count("pk", filter=here & is_good),
        m=Count("pk"),
        m_good=Count("pk", filter=is_good),
    )
    found: dict[str, Industry] = {}
    for code, *counts in rows:
        top = (code, *industries.ancestors(code))[-1] if code else ""
        at = found.setdefault(top, Industry(top))
        for name, number in zip(("graded", "good", "all_graded", "all_good"), counts, strict=True):
            setattr(at, name, getattr(at, name) + number)
    return sorted((each for each in found.values() if each.graded), key=lambda each: (-each.graded, each.label))


def _of(workspace: Any, asked: Asked) -> LeadQuerySet:
    leads: LeadQuerySet = Lead.objects.of(workspace).living().filter(asked.owner)
    return leads


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
