"""Read models of the lists: leads with what their row shows, counts per grade, grades per run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery

from leadengine.charts import GRADES
from leads.models import Delivery, Run, Signal
from leads.models.lead import LeadQuerySet

SORTS: Mapping[str, tuple[Any, ...]] = {
    "score": (F("score__total").desc(nulls_last=True), "name_key", "id"),
    "name": ("name_key", "id"),
    "newest": ("-created_at", "-id"),
}


def rows(leads: LeadQuerySet, sort: str) -> LeadQuerySet:
    """Leads in order of SORTS, each with company, score, stage, owner, and its newest signal in words."""
    newest = Signal.objects.filter(company=OuterRef("company")).order_by("-observed_on", "-pk")
    related = leads.select_related("company", "score", "stage", "owner")
    return related.annotate(
        signal_kind=Subquery(newest.values("kind")[:1]), signal_detail=Subquery(newest.values("detail")[:1])
    ).order_by(*SORTS[sort])


def grade_counts(leads: LeadQuerySet) -> dict[str, int]:
    """How many of the leads have each grade; those without a score are not counted. One query."""
    graded = leads.filter(score__isnull=False).order_by("score__grade")
    return dict(graded.values_list("score__grade").annotate(number=Count("pk", distinct=True)))


def grades_by_run(workspace: Any, runs: Iterable[Run]) -> dict[UUID, dict[str, int]]:
    """Grades at delivery for each of the runs, the best first, those that do not occur left out. One query."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    delivered = Delivery.objects.of(workspace).filter(run__in=[run.pk for run in runs]).order_by("run_id", "grade")
    for run_id, grade, number in delivered.values_list("run_id", "grade").annotate(number=Count("pk")):
        found[run_id][grade] = number
    return {run_id: {each: counts[each] for each in GRADES if each in counts} for run_id, counts in found.items()}
