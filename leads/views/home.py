"""Home: what needs me now; a manager sees the team's with one switch."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.estimating import knows_ideal_customer
from leads.agenda import agenda, first_steps, live_runs
from leads.views.regions import wants_region


@member_required
@require_safe
def home(request: Request) -> HttpResponse:
    of = _whose(request)
    steps = first_steps(request.workspace)
    knows_ideal = knows_ideal_customer(request.workspace)
    context = {
        "is_team": of is None,
        "agenda": agenda(request.workspace, of=of, now=timezone.now()),
        "steps": steps,
        "knows_ideal": knows_ideal,
        "is_new": not (steps.has_run and steps.has_reviewed and knows_ideal),
        "live_url": _live_url(of),
    }
    return render(request, "leads/home.html", context)


@member_required
@require_safe
def home_runs(request: Request) -> HttpResponse:
    """Answers polls while a run is under way; once none is, the page is loaded anew, as there is something to review."""
    if not wants_region(request):
        return SeeOther(reverse("leads:home"))
    of = _whose(request)
    live = live_runs(request.workspace, of=of)
    if not live:
        return HttpResponseClientRefresh()
    context = {"live": live, "live_url": _live_url(of), "is_team": of is None}
    return render(request, "leads/_home_live.html", context)


def _whose(request: Request) -> Any | None:
    """Whose agenda: a manager's the team's at first, one's own with `?of=me`; a rep's always one's own."""
    return None if request.membership.is_manager and request.GET.get("of") != "me" else request.user


def _live_url(of: Any | None) -> str:
    return reverse("leads:home-runs") + ("?of=me" if of else "")
