"""The list of leads: searched, ordered and paged by its URL, with one lead beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import push_url

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.verification import unit_price
from leads.columns import Column
from leads.forms.editing import EditForm
from leads.forms.query import MARK
from leads.loosening import loosenings
from leads.query.fields import EXAMPLES
from leads.query.scope import Choice, find
from leads.views.browsing import Browsing
from leads.views.lead import find_living
from leads.views.peek import peek_context
from leads.views.selection import EVERYTHING, ticked
from leads.visits import KEPT, cookie_name

MOST_NEW = 99
FIRST_COLUMN = Column("company", "Company", "company")
BULK_MENUS = (
    ("owner", "Owner", "user", "Assign"),
    ("stage", "Stage", "milestone", "Move"),
    ("list", "List", "list-plus", "Add to the list"),
    ("tag", "Tag", "tag", "Tag"),
)
FIXED = {"first_column": FIRST_COLUMN, "examples": EXAMPLES, "bulk_menus": BULK_MENUS}


@member_required
@require_safe
def lead_list(request: Request) -> HttpResponse:
    browsing = Browsing(request, timezone.now())
    is_region = wants_region(request)
    if MARK in request.GET and not is_region:
        return SeeOther(browsing.url())
    template = "leads/_lead_results.html" if is_region else "leads/lead_list.html"
    response = render(request, template, list_context(browsing))
    if is_region and MARK in request.GET:
        push_url(response, browsing.url())
    return _remembered(response, browsing)


@member_required
@require_POST
def lead_turn(request: Request) -> HttpResponse:
    """Another page of the list without script: what is ticked comes with the form and stays ticked."""
    browsing = Browsing(request, timezone.now())
    chosen = ticked(browsing)
    shown = {lead.pk for lead in browsing.page.object_list}
    selection = {
        "ticked": chosen,
        "kept": [pk for pk in chosen if pk not in shown],
        "is_everything": EVERYTHING in request.POST,
    }
    return render(request, "leads/lead_list.html", list_context(browsing) | selection)


def list_context(browsing: Browsing) -> dict[str, Any]:
    """What the page and its region show. A fixed number of queries; two more when nothing matches."""
    total = browsing.counts.total
    return {
        "browsing": browsing,
        "page": browsing.page,
        "total": total,
        "columns": browsing.shown_columns,
        "run": _only_run(browsing),
        "new": _count_new(browsing),
        "has_leads": total > 0 or browsing.mine.exists(),
        "loosenings": [] if total else loosenings(browsing.mine, browsing.query, browsing.scope),
        **peek_context(_peek(browsing)),
        "trigger": browsing.request.htmx.trigger or "",
        "export_url": reverse("leads:lead-export"),
        **FIXED,
        "verify_each": unit_price(browsing.now),
        "edit_form": EditForm(workspace=browsing.request.workspace, scope=browsing.scope, prefix_id="bulk"),
    }


def _only_run(browsing: Browsing) -> Choice | None:
    """The run whose leads are shown, where it is one."""
    numbers = browsing.query.values("run")
    return find(browsing.scope.runs, numbers[0]) if len(numbers) == 1 else None


def _count_new(browsing: Browsing) -> str:
    """How many leads came since the last visit, for the tab; "" on a first visit, when all are new."""
    before = browsing.stamp.before
    if not before:
        return ""
    number = browsing.mine.filter(created_at__gt=before)[: MOST_NEW + 1].count()
    return f"{MOST_NEW}+" if number > MOST_NEW else str(number or "")


def _peek(browsing: Browsing) -> Any | None:
    """The lead beside the list; None where it is not there any more, for the list is there all the same."""
    asked = browsing.data.get("peek")
    if not asked:
        return None
    try:
        return find_living(browsing.request, UUID(asked))
    except (ValueError, Http404):
        return None


def _remembered(response: HttpResponse, browsing: Browsing) -> HttpResponse:
    """The answer, with the stamp of this visit."""
    request = browsing.request
    response.set_cookie(
        cookie_name(request.workspace.pk, request.user.pk),
        browsing.stamp.text,
        max_age=KEPT,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response
