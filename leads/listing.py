"""Read models of the lists: pages of leads with what their row shows, counts per grade, grades per run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery

from leadengine.charts import GRADES
from leadengine.leased import OPEN_STATES
from leads.bounces import with_bounces
from leads.models import Delivery, Evidence, Lead, LeadTag, Run
from leads.models.lead import LeadQuerySet
from leads.query.fields import NONE
from leads.query.terms import LeadQuery
from leads.shown_signals import of_each_lead

PAGE = 25  # rows; a phone lays out about fifty elements a row, and twice as many keep it from answering
STALE_AFTER = timedelta(days=90)
SORTS: Mapping[str, tuple[Any, ...]] = {
    "score": ("-score__total", "score__lead"),
    "-score": ("score__total", "-score__lead"),
    "name": ("name_key", "id"),
    "-name": ("-name_key", "-id"),
    "company": (F("company__name_key").asc(nulls_last=True), "id"),
    "-company": (F("company__name_key").desc(nulls_last=True), "-id"),
    "added": ("-created_at", "-id"),
    "-added": ("created_at", "id"),
    "changed": ("-updated_at", "-id"),
    "-changed": ("updated_at", "id"),
}
BEST_FIRST = "score"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many leads have each grade, whatever grade is asked for (NONE: no score yet).

    `graded` and `ungraded` are those of the grades that are asked for.
    """

    by_grade: Mapping[str, int]
    graded: int
    ungraded: int

    @property
    def total(self) -> int:
        return self.graded + self.ungraded


class Ordered(Sequence[UUID]):
    """The ids of leads in an order of SORTS, cut by the database.

    By score, those without one come last: two walks along an index instead of one sort of everything.
    """

    def __init__(self, leads: LeadQuerySet, sort: str, counts: Counts) -> None:
        self.leads, self.sort, self.counts = leads, sort, counts

    def __len__(self) -> int:
        return self.counts.total

    def count(self, value: Any = None) -> int:
        return self.counts.total

    def __getitem__(self, cut: Any) -> Any:
        if self.sort not in ("score", "-score"):
            return _ids(self.leads.order_by(*SORTS[self.sort]), cut.start, cut.stop)
        graded = self.counts.graded
        scored = self.leads.filter(score__isnull=False, score__workspace=F("workspace")).order_by(*SORTS[self.sort])
        others = self.leads.filter(score__isnull=True).order_by("-created_at", "-id")
        best = _ids(scored, cut.start, min(cut.stop, graded))
        return best + _ids(others, max(0, cut.start - graded), min(cut.stop - graded, self.counts.ungraded))


def _ids(leads: LeadQuerySet, start: int, stop: int) -> list[UUID]:
    return list(leads.values_list("pk", flat=True)[start:stop]) if start < stop else []


def page_of(leads: LeadQuerySet, sort: str, number: Any, counts: Counts) -> Page:
    """One page of leads, each with what its row shows. `number` may be any text; it falls to the nearest page."""
    page = Paginator(Ordered(leads, sort, counts), PAGE).get_page(number)
    ids = list(page.object_list)
    found = {lead.pk: lead for lead in rows(Lead.objects.filter(pk__in=ids))}
    page.object_list = [found[pk] for pk in ids if pk in found]
    return page


def rows(leads: LeadQuerySet) -> LeadQuerySet:
    """Leads with company, score, stage, owner, newest signal, names of tags, and when a fact was last confirmed."""
    newest = of_each_lead().order_by("-observed_on", "-pk")
    seen = Evidence.objects.filter(lead=OuterRef("pk")).values("lead").annotate(last=Max("observed_at"))
    tags = LeadTag.objects.filter(lead=OuterRef("pk")).order_by("tag__name")
    return (
        with_bounces(leads)
        .select_related("company", "score", "stage", "owner")
        .annotate(
            signal_kind=Subquery(newest.values("kind")[:1]),
            signal_detail=Subquery(newest.values("detail")[:1]),
            seen_at=Subquery(seen.values("last")[:1]),
            tag_names=ArraySubquery(tags.values("tag__name")),
            is_being_verified=Exists(Lead.objects.filter(pk=OuterRef("pk"), email_checks__state__in=OPEN_STATES)),
        )
    )


def count(leads: LeadQuerySet, query: LeadQuery) -> Counts:
    """`leads` meet all of the query but its grades. One query."""
    grouped = leads.order_by().values_list("score__grade").annotate(number=Count("pk"))
    by_grade = {grade or NONE: number for grade, number in grouped}
    asked = [term for term in query.terms if term.field == "grade"]
    meeting = {
        grade: number
        for grade, number in by_grade.items()
        if all((grade in term.values) != term.is_excluded for term in asked)
    }
    ungraded = meeting.pop(NONE, 0)
    return Counts(by_grade, sum(meeting.values()), ungraded)


def grades_by_run(workspace: Any, runs: Iterable[Run]) -> dict[UUID, dict[str, int]]:
    """Grades at delivery for each of the runs, the best first, those that do not occur left out. One query."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    delivered = Delivery.objects.of(workspace).filter(run__in=[run.pk for run in runs]).order_by("run_id", "grade")
    for run_id, grade, number in delivered.values_list("run_id", "grade").annotate(number=Count("pk")):
        found[run_id][grade] = number
    return {run_id: {each: counts[each] for each in GRADES if each in counts} for run_id, counts in found.items()}
