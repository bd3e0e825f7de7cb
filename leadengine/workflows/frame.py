"""The live numbers in the frame of every page: credits, new leads, live runs, saved searches, the workspaces to switch to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpResponse
from django.urls import reverse

from billing.models import Hold, HoldPurpose, Notification
from billing.standing import accounts, standing_of
from leadengine.request import Request
from leadengine.shell import SavedLink, ShellCounts, WorkspaceChoice
from leadengine.workflows.endings import word_of_ends
from leads.models import MOVING_STATES, Lead, Run
from leads.saved_searches import visible_to

Handler = Callable[[Request], HttpResponse]
SEARCHES_SHOWN = 5


class FrameMiddleware:
    """Gives each request `shell_counts`, called only if a page with a frame is rendered, and `word_of_ends`."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.shell_counts = lambda: shell_counts(request)
        request.word_of_ends = lambda: word_of_ends(request)
        return self.get_response(request)


def shell_counts(request: Request) -> ShellCounts:
    """Of the request's workspace, in two queries."""
    account = _account(request.workspace, request.user)
    found = standing_of(account)
    return ShellCounts(
        new_leads=account.new_leads or 0,
        live_runs=account.live_runs or 0,
        unread=account.unread or 0,
        credits=found.available,
        credits_held=found.held,
        held_for=held_for(found.held, account.held_for_checks or Decimal(0)),
        credits_full=found.full,
        workspaces=choices(request),
        searches=searches(request),
    )


def _account(workspace: Any, user: Any) -> Any:
    """The credit account with what else the frame counts, so that one query brings all of it."""
    new = Lead.objects.filter(workspace=OuterRef("workspace"), stage__key="new").living()
    live = Run.objects.filter(workspace=OuterRef("workspace"), state__in=MOVING_STATES)
    unread = Notification.objects.filter(workspace=OuterRef("workspace")).shown_to(user).unread()
    checks = Hold.objects.filter(workspace=OuterRef("workspace"), remaining__gt=0, purpose=HoldPurpose.VERIFICATION)
    held = checks.order_by().values("workspace").annotate(sum=Sum("remaining")).values("sum")
    counted = accounts().annotate(
        held_for_checks=Subquery(held), new_leads=_count(new), live_runs=_count(live), unread=_count(unread)
    )
    return counted.get(workspace=workspace)


def held_for(held: Decimal, for_checks: Decimal) -> str:
    """What credits are set aside for.

    >>> held_for(Decimal(11), Decimal(11)), held_for(Decimal(11), Decimal(4)), held_for(Decimal(11), Decimal(0))
    ('verification', 'runs and verification', 'runs')
    """
    if not for_checks:
        return "runs"
    return "verification" if for_checks >= held else "runs and verification"


def _count(found: QuerySet[Any]) -> Subquery:
    return Subquery(found.order_by().values("workspace").annotate(number=Count("pk")).values("number"))


def choices(request: Request) -> tuple[WorkspaceChoice, ...]:
    mine = sorted(request.memberships, key=lambda each: (each.workspace.name, each.pk))
    return tuple(
        WorkspaceChoice(str(each.workspace_id), each.workspace.name, each.workspace_id == request.workspace.pk)
        for each in mine
    )


def searches(request: Request) -> tuple[SavedLink, ...]:
    """The saved searches that were changed last, one's own before those that others share.

    With what each was counted to find last, unless a run began since: no page counts for its frame.
    """
    found = visible_to(request.user, request.workspace).annotate(is_mine=Q(created_by=request.user))
    since = Run.objects.filter(workspace=request.workspace.pk, created_at__gte=OuterRef("counted_at"))
    newest = found.annotate(is_old=Exists(since)).order_by("-is_mine", "-updated_at", "-id")[:SEARCHES_SHOWN]
    start = reverse("leads:search-new")
    rows = newest.values_list("pk", "name", "new_matches", "counted_at", "is_old")
    return tuple(
        SavedLink(name, f"{start}?saved={pk}", 0 if is_old else new or 0, at) for pk, name, new, at, is_old in rows
    )
