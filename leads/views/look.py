"""How the list of leads looks to one person: its columns, their order, and the density."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leads import columns
from leads.views.browsing import COLUMNS_COOKIE, DENSITY_COOKIE, Browsing
from leads.views.saved_views import changeable_views

YEAR = 365 * 24 * 3600


@member_required
@require_POST
def lead_look(request: Request) -> HttpResponse:
    """Kept in cookies; in a saved view that one may change, the columns are the view's."""
    browsing = Browsing(request, timezone.now())
    browsing.column_keys = keys = _chosen(request)
    changed = changeable_views(request).filter(pk=browsing.view.pk).update(columns=list(keys)) if browsing.view else 0
    answer = _menu(browsing) if wants_region(request) else SeeOther(browsing.url())
    _keep(answer, DENSITY_COOKIE, request.POST.get("density", ""))
    if not changed:
        _keep(answer, COLUMNS_COOKIE, ".".join(keys))
    return answer


def _chosen(request: Request) -> tuple[str, ...]:
    """The columns that are ticked, with one of them moved where a button for that was pressed."""
    ticked = columns.known(request.POST.getlist("columns"))
    key, _, step = request.POST.get("move", "").partition(":")
    return columns.moved(ticked, key, int(step)) if step in ("1", "-1") else ticked


def _menu(browsing: Browsing) -> HttpResponse:
    context = {"browsing": browsing, "is_compact": browsing.data.get("density") == "compact"}
    return trigger_client_event(render(browsing.request, "leads/_lead_look.html", context), "leads-changed", {})


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    is_secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=is_secure, httponly=True)
