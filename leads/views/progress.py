"""The part of a run's page that moves: polled while the run is under way, its receipt afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.chronicle import chronicle
from leadengine.workflows.leftovers import groups
from leadengine.workflows.progress import run_progress as progress_of
from leadengine.workflows.steering import controls
from leads.criteria import Criteria
from leads.models import Run
from leads.watching import is_watched_by


def find_run(request: Request, pk: UUID) -> Run:
    """The run; 404 outside the workspace."""
    runs = Run.objects.of(request.workspace).select_related("hold", "started_by", "workspace", "source_file")
    runs = runs.annotate(is_watched=is_watched_by(request.user))
    return get_object_or_404(runs, pk=pk)


@member_required
@require_safe
def run_progress(request: Request, pk: UUID) -> HttpResponse:
    """Answers polls; `state` and `quarter` in the query string are what the page showed and announced last."""
    run = find_run(request, pk)
    if not wants_region(request):
        return SeeOther(run_url(run))
    context = run_context(run)
    changed = request.GET.get("state") != run.state
    announced = request.GET.get("quarter") == str(context["progress"].quarter)
    context |= {"state_changed": changed, "is_news": changed or not announced}
    answer = render(request, "leads/_run_polled.html", context)
    return trigger_client_event(answer, "frame-due") if changed else answer


def run_context(run: Run) -> dict[str, Any]:
    """What the page and its region show, in a fixed number of queries."""
    now = timezone.now()
    return {
        "run": run,
        "progress": progress_of(run, now=now),
        "controls": controls(run),
        "criteria": Criteria.from_json(run.criteria).describe(),
        "groups": [] if run.is_active else groups(run, now=now),
        "log": chronicle(run),
        "is_sample": run.workspace.is_sample,
    }


def run_url(run: Run) -> str:
    return reverse("leads:run-detail", args=[run.pk])
