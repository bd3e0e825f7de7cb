"""The live numbers in the frame of every page: credits, new leads, live runs, saved searches, the workspaces to switch to."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from billing import ledger, statement
from leadengine.request import Request
from leadengine.shell import SavedLink, ShellCounts, WorkspaceChoice
from leads.models import ACTIVE_STATES, Lead, Run
from leads.saved_searches import visible_to

Handler = Callable[[Request], HttpResponse]
SEARCHES_SHOWN = 5


class FrameMiddleware:
    """Gives each request `shell_counts`, which is called only if a page with a frame is rendered."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.shell_counts = lambda: shell_counts(request)
        return self.get_response(request)


def shell_counts(request: Request) -> ShellCounts:
    """Of the request's workspace, in a fixed number of queries."""
    workspace = request.workspace
    balance = ledger.balance(workspace)
    return ShellCounts(
        new_leads=Lead.objects.of(workspace).living().filter(stage__key="new").count(),
        live_runs=Run.objects.of(workspace).filter(state__in=ACTIVE_STATES).count(),
        credits=balance.available,
        credits_held=balance.held,
        credits_full=statement.balance_after_last_grant(workspace),
        workspaces=choices(request),
        searches=searches(request),
    )


def choices(request: Request) -> tuple[WorkspaceChoice, ...]:
    mine = sorted(request.memberships, key=lambda each: (each.workspace.name, each.pk))
    return tuple(
        WorkspaceChoice(str(each.workspace_id), each.workspace.name, each.workspace_id == request.workspace.pk)
        for each in mine
    )


def searches(request: Request) -> tuple[SavedLink, ...]:
    """The saved searches that were changed last, one's own before those that others share."""
    found = visible_to(request.user, request.workspace).annotate(is_mine=Q(created_by=request.user))
    newest = found.order_by("-is_mine", "-updated_at", "-id").values_list("pk", "name")[:SEARCHES_SHOWN]
    start = reverse("leads:search-new")
    return tuple(SavedLink(name, f"{start}?saved={pk}") for pk, name in newest)
