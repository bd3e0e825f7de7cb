"""The saved searches: the list, one of them with its runs, and how many it would find that are new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.briefs import Brief
from leadengine.workflows.estimating import new_matches
from leadengine.workflows.repeating import compared
from leadengine.workflows.scheduled import used_this_month
from leads.criteria import Criteria
from leads.criteria.chips import pieces
from leads.forms.criteria import understood
from leads.models import Run, SavedSearch, SearchSchedule
from leads.run_panels import run_panels
from leads.saved_searches import (
    deletable_by,
    grades_of,
    lacking,
    remember_count,
    runs_of,
    visible_to,
)
from leads.stock_searches import STOCK
from leads.views.search_rows import listed, search_rows

RUNS_SHOWN = 20


@require_safe
@member_required
def search_list(request: Request) -> HttpResponse:
    rows = search_rows(request, list(listed(request).order_by("-updated_at", "-id")))
    template = "leads/_searches.html" if wants_region(request) else "leads/search_list.html"
    return render(request, template, {"rows": rows, "stock": STOCK.values()})


@require_safe
@member_required
def search_detail(request: Request, pk: int) -> HttpResponse:
    """One search: whom it wants, its limits, and its runs with what changed between them."""
    saved = get_object_or_404(visible_to(request.user, request.workspace).select_related("created_by"), pk=pk)
    runs = list(runs_of([saved]).select_related("started_by")[: RUNS_SHOWN + 1])
    grades = grades_of(runs)
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    context = _scheduled(saved) | {
        "saved": saved,
        "pieces": pieces(_criteria(saved.criteria)),
        "can_change": own.filter(pk=pk).exists(),
        "lacking": lacking(saved),
        "runs": _history(runs, grades)[:RUNS_SHOWN],
        "panels": run_panels(runs[:RUNS_SHOWN], grades),
    }
    return render(request, "leads/search_detail.html", context)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_fresh(request: Request, pk: int) -> HttpResponse:
    """How many leads the search would find that are new: counted and remembered when the list is looked at."""
    saved = get_object_or_404(visible_to(request.user, request.workspace), pk=pk)
    if request.method != "POST" or not wants_region(request):
        return SeeOther(reverse("leads:search-detail", args=[pk]))
    now = timezone.now()
    found = None if lacking(saved) else new_matches(request.workspace, _brief(saved), now=now)
    if found is not None:
        remember_count(saved, found.value, now=now)
    return render(request, "leads/_search_fresh.html", {"saved": saved, "found": found})


def _scheduled(saved: SavedSearch) -> dict[str, Any]:
    """Its schedule, if it has one, with what its runs used this month."""
    found = SearchSchedule.objects.of(saved.workspace_id).filter(search=saved).select_related("by", "workspace")
    schedule = found.first()
    if schedule is None:
        return {"schedule": None}
    used = used_this_month(schedule, now=timezone.now())
    return {"schedule": schedule, "rhythm": schedule.rhythm(schedule.workspace.time_zone).words(), "used": used}


def _criteria(asked: Mapping[str, Any]) -> Criteria:
    return understood(asked)[0]


def _history(runs: list[Run], grades: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Each run with what it asked otherwise than the run before it."""
    before = [*runs[1:], None][: len(runs)]
    return [
        {
            "run": run,
            "grades": grades.get(run.pk, {}),
            "changes": compared(earlier, run) if earlier else (),
        }
        for run, earlier in zip(runs, before, strict=True)
    ]


def _brief(saved: SavedSearch) -> Brief:
    return Brief(
        criteria=_criteria(saved.criteria),
        sources=tuple(saved.sources),
        most_leads=saved.most_leads,
        lowest_grade=saved.lowest_grade,
        verify_emails=saved.verify_emails,
        file_id=saved.source_file_id,
    )
