"""The saved searches: the list, one of them with its runs, and what one does with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash
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
    duplicate,
    grades_of,
    lacking,
    last_runs,
    restore,
    runs_of,
    to_restore,
    visible_to,
)
from leads.stock_searches import STOCK
from leads.views.search_rows import search_row

SALT = "leads.saved_search"
RESTORABLE_SECONDS = 24 * 60 * 60
RUNS_SHOWN = 20


@require_safe
@member_required
def search_list(request: Request) -> HttpResponse:
    found = list(
        visible_to(request.user, request.workspace)
        .select_related("created_by", "schedule")
        .order_by("-updated_at", "-id")
    )
    runs, own = last_runs(found), set(_own(request).values_list("pk", flat=True))
    grades = grades_of(runs.values())
    zone = request.workspace.time_zone
    rows = [search_row(saved, runs.get(saved.pk), grades, is_own=saved.pk in own, zone=zone) for saved in found]
    return render(request, "leads/search_list.html", {"rows": rows, "stock": STOCK.values()})


@require_safe
@member_required
def search_detail(request: Request, pk: int) -> HttpResponse:
    """One search: whom it wants, its limits, and its runs with what changed between them."""
    saved = get_object_or_404(visible_to(request.user, request.workspace).select_related("created_by"), pk=pk)
    runs = list(runs_of([saved]).select_related("started_by")[: RUNS_SHOWN + 1])
    grades = grades_of(runs)
    context = _scheduled(saved) | {
        "saved": saved,
        "pieces": pieces(_criteria(saved.criteria)),
        "can_change": _own(request).filter(pk=pk).exists(),
        "lacking": lacking(saved),
        "runs": _history(runs, grades)[:RUNS_SHOWN],
        "panels": run_panels(runs[:RUNS_SHOWN], grades),
    }
    return render(request, "leads/search_detail.html", context)


@require_safe
@member_required
def search_fresh(request: Request, pk: int) -> HttpResponse:
    """How many leads the search would find that are new; a region, which the list asks for when it is in sight."""
    saved = get_object_or_404(visible_to(request.user, request.workspace), pk=pk)
    if not wants_region(request):
        return redirect("leads:search-detail", pk=pk)
    found = None if lacking(saved) else new_matches(request.workspace, _brief(saved), now=timezone.now())
    return render(request, "leads/_search_fresh.html", {"saved": saved, "found": found})


@require_POST
@member_required
def search_duplicate(request: Request, pk: int) -> HttpResponse:
    """One's own copy, opened to be edited."""
    saved = get_object_or_404(visible_to(request.user, request.workspace), pk=pk)
    copy = duplicate(saved, by=request.user, now=timezone.now())
    flash(request, f"“{copy.name}” is your own copy.")
    return SeeOther(f"{reverse('leads:search-new')}?saved={copy.pk}")


@require_POST
@member_required
def search_share(request: Request, pk: int) -> HttpResponse:
    """Shared becomes private and the other way round; `share` says which is wanted."""
    saved = get_object_or_404(_own(request), pk=pk)
    saved.is_shared = request.POST.get("share", "" if saved.is_shared else "on") == "on"
    saved.save(update_fields=["is_shared"])
    text = "is shared with the workspace" if saved.is_shared else "is private now"
    url, back = reverse("leads:search-share", args=[pk]), "" if saved.is_shared else "on"
    flash(request, f"“{saved.name}” {text}.", undo=Undo(url, {"share": back}) if _is_mine(request, saved) else None)
    return SeeOther(reverse("leads:search-list"))


@require_POST
@member_required
def search_delete(request: Request, pk: int) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=pk)
    kept = signing.dumps({"workspace": request.workspace.pk, "search": to_restore(saved)}, salt=SALT, compress=True)
    saved.delete()
    undo = Undo(reverse("leads:search-restore"), {"kept": kept})
    flash(request, f"“{saved.name}” is deleted. Runs started from it stay.", undo=undo)
    return SeeOther(reverse("leads:search-list"))


@require_POST
@member_required
def search_restore(request: Request) -> HttpResponse:
    """Brings back what `search_delete` handed out, within a day and in its own workspace."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=RESTORABLE_SECONDS)
    except signing.BadSignature:
        kept = {}
    if kept.get("workspace") == request.workspace.pk:
        saved = restore(request.workspace, kept["search"], now=timezone.now())
        flash(request, f"“{saved.name}” is back.")
    else:
        flash(request, "That search cannot be brought back any more.")
    return SeeOther(reverse("leads:search-list"))


def _scheduled(saved: SavedSearch) -> dict[str, Any]:
    """Its schedule, if it has one, with what its runs used this month."""
    found = SearchSchedule.objects.of(saved.workspace_id).filter(search=saved).select_related("by", "workspace")
    schedule = found.first()
    if schedule is None:
        return {"schedule": None}
    used = used_this_month(schedule, now=timezone.now())
    return {"schedule": schedule, "rhythm": schedule.rhythm(schedule.workspace.time_zone).words(), "used": used}


def _own(request: Request) -> Any:
    return deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)


def _is_mine(request: Request, saved: SavedSearch) -> bool:
    return bool(saved.created_by_id == request.user.pk)


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
