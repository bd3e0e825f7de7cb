"""The schedule of a saved search: set, paused, resumed, removed."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast
from leadengine.workflows.scheduling import (
    Plan,
    pause_schedule,
    put_back_schedule,
    remove_schedule,
    set_schedule,
    set_time_zone,
)
from leads.forms.schedule import ScheduleForm
from leads.models import SavedSearch, SearchSchedule
from leads.saved_searches import deletable_by
from leads.views.search_actions import renewed
from leads.views.search_rows import swapped

SALT = "leads.search_schedule"
LISTED = "listed"  # who comes from the list of searches goes back there
RESTORABLE_SECONDS = 24 * 60 * 60


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
    told = f"The schedule of “{saved.name}” {'is paused' if is_paused else 'goes on'}."
    if wants_region(request) and "undoes" in request.POST:
        return renewed(toast(HttpResponse(status=204), told))
    back = {LISTED: "on"} if LISTED in request.POST else {}
    values = {"pause": "" if is_paused else "on", "undoes": "on", **back}
    undo = Undo(reverse("leads:search-schedule-pause", args=[pk]), values)
    if wants_region(request):
        return toast(swapped(request, pk), told, undo=undo, is_last=True)
    flash(request, told, undo=undo)
    return SeeOther(reverse("leads:search-list")) if back else _to_search(pk)


@member_required
@require_POST
def search_schedule_remove(request: Request, pk: int) -> HttpResponse:
    saved = _own(request, pk)
    kept = remove_schedule(saved, by=request.user, now=timezone.now())
    if kept is None:
        raise Http404("It has no schedule.")
    signed = signing.dumps({"search": saved.pk, "schedule": kept}, salt=SALT, compress=True)
    undo = Undo(reverse("leads:search-schedule-restore", args=[pk]), {"kept": signed})
    flash(request, f"The schedule of “{saved.name}” is removed: it runs only when somebody starts it.", undo=undo)
    return _to_search(pk)


@member_required
@require_POST
def search_schedule_restore(request: Request, pk: int) -> HttpResponse:
    """Puts back what `search_schedule_remove` handed out, within a day, unless another one was set since."""
    saved = _own(request, pk)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=RESTORABLE_SECONDS)
    except signing.BadSignature:
        kept = {}
    is_its_own = kept.get("search") == saved.pk
    is_back = is_its_own and put_back_schedule(saved, kept["schedule"], by=request.user, now=timezone.now())
    flash(
        request, f"“{saved.name}” is scheduled as before." if is_back else "That schedule cannot be put back any more."
    )
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
