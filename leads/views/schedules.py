"""The schedule of a saved search: set, paused, resumed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import Undo, flash
from leadengine.workflows.scheduling import Plan, pause_schedule, set_schedule, set_time_zone
from leads.forms.schedule import ScheduleForm
from leads.models import SavedSearch, SearchSchedule
from leads.saved_searches import deletable_by


@member_required
@require_http_methods(["GET", "POST"])
def search_schedule(request: Request, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    form = ScheduleForm(
        request.POST if request.method == "POST" else None,
        schedule=SearchSchedule.objects.of(request.workspace).filter(search=saved).first(),
        most_leads=min(saved.most_leads, 25),
        zone=request.workspace.time_zone,
        is_manager=request.membership.is_manager,
    )
    if form.is_bound and form.is_valid():
        return _set(request, saved, form)
    context = {"form": form, "saved": saved}
    return render(request, "leads/search_schedule.html", context, status=422 if form.errors else 200)


@member_required
@require_POST
def search_schedule_pause(request: Request, pk: int) -> HttpResponse:
    """Paused or, with `pause` empty, resumed."""
    saved = _own(request, pk)
    get_object_or_404(SearchSchedule.objects.of(request.workspace), search=saved)
    is_paused = request.POST.get("pause", "on") == "on"
    pause_schedule(saved, is_paused=is_paused, by=request.user, now=timezone.now())
    undo = Undo(reverse("leads:search-schedule-pause", args=[pk]), {"pause": "" if is_paused else "on"})
    flash(request, f"The schedule of “{saved.name}” {'is paused' if is_paused else 'goes on'}.", undo=undo)
    return _to_search(pk)


def _set(request: Request, saved: SavedSearch, form: Any) -> HttpResponse:
    now, zone = timezone.now(), form.cleaned_data["time_zone"]
    if zone != request.workspace.time_zone:
        set_time_zone(request.workspace, zone, by=request.user, now=now)
        saved.workspace = request.workspace
    set_schedule(saved, Plan(**form.plan()), by=request.user, now=now)
    flash(request, f"“{saved.name}” is scheduled.")
    return _to_search(saved.pk)


def _own(request: Request, pk: int) -> SavedSearch:
    """One's own, or a shared one for a manager; 404 else."""
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    return get_object_or_404(own.select_related("workspace"), pk=pk)


def _to_search(pk: int) -> HttpResponse:
    return SeeOther(reverse("leads:search-detail", args=[pk]))
