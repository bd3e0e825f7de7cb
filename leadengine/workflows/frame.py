"""The live numbers in the frame of every page: credits, new leads, live runs, and the workspaces to switch between."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from billing import ledger, statement
from leadengine.request import Request
from leadengine.shell import ShellCounts, WorkspaceChoice
from leads.models import ACTIVE_STATES, Lead, Run

Handler = Callable[[Request], HttpResponse]


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
    )


def choices(request: Request) -> tuple[WorkspaceChoice, ...]:
    mine = request.user.memberships.filter(is_active=True).select_related("workspace").order_by("workspace__name", "pk")
    return tuple(
        WorkspaceChoice(str(each.workspace_id), each.workspace.name, each.workspace_id == request.workspace.pk)
        for each in mine
    )
