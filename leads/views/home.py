"""Home: what needs me now; a manager sees the team's with one switch."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.estimating import knows_ideal_customer
from leads.agenda import agenda, first_steps, live_runs


@member_required
@require_safe
def home(request: Request) -> HttpResponse:
    template = "leads/_home.html" if wants_region(request) else "leads/home.html"
    return render(request, template, _context(request, _whose(request)))


@member_required
@require_safe
def home_runs(request: Request) -> HttpResponse:
    """Answers polls while a run is under way; once none is, the page is told, as there is something to review."""
    if not wants_region(request):
        return SeeOther(reverse("leads:home"))
    of = _whose(request)
    live = live_runs(request.workspace, of=of)
    context = {"live": live, "live_url": _url("leads:home-runs", of), "is_team": of is None}
    response = render(request, "leads/_home_live.html", context)
    return response if live else trigger_client_event(response, "runs-ended")


def _context(request: Request, of: Any | None) -> dict[str, Any]:
    found = agenda(request.workspace, of=of, now=timezone.now())
    return {
        "is_team": of is None,
        "agenda": found,
        "live": found.live,
        "steps": first_steps(request.workspace, knows_ideal=knows_ideal_customer(request.workspace)),
        "home_url": _url("leads:home", of),
        "live_url": _url("leads:home-runs", of),
    }


def _whose(request: Request) -> Any | None:
    """Whose agenda: a manager's the team's at first, one's own with `?of=me`; a rep's always one's own."""
    return None if request.membership.is_manager and request.GET.get("of") != "me" else request.user


def _url(name: str, of: Any | None) -> str:
    return reverse(name) + ("?of=me" if of else "")
