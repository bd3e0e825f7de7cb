"""Tells people by the bell and by e-mail how a run ended, and that credits are low."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from billing.models import Notification, NotificationKind, Role, User
from billing.notifying import News, tell
from billing.standing import accounts, standing_of
from leadengine.wording import amount, in_credits, plural
from leadengine.workflows.run_checks import sums_of_checks
from leads.models import Run, RunState, RunWatcher

ENDS = {
    RunState.FINISHED: (NotificationKind.RUN_FINISHED, "is finished"),
    RunState.STOPPED: (NotificationKind.RUN_STOPPED, "was stopped"),
    RunState.FAILED: (NotificationKind.RUN_FAILED, "failed"),
}


def tell_end(run: Run, *, by_id: int | None, now: datetime) -> None:
    """To those who watch the run, but not to who ended it; once for each end, however often it is resumed."""
    watchers = RunWatcher.objects.filter(run=run).exclude(user=by_id).values("user")
    people = members(run.workspace_id).filter(pk__in=watchers)
    tell(run.workspace_id, people, end_of(run), now=now)


def end_of(run: Run) -> News:
    """ "Run 7 is finished: 4 leads", with the search, what it cost and why it ended."""
    kind, word = ENDS[RunState(run.state)]
    leads = f"{run.delivered:,} {plural(run.delivered, 'lead')}"
    return News(
        kind=kind,
        key=f"run:{run.pk}:ended:{run.epoch}",
        title=f"Run {run.number} {word}: {leads}",
        text=f"{_ended(run.name)} {_cost(run)} {run.reason}".strip(),
        url=reverse("leads:run-detail", args=[run.pk]),
    )


def _ended(name: str) -> str:
    """As a sentence; one that was cut ends with its "…"."""
    return name if name.endswith("…") else f"{name.rstrip('.')}."


def _cost(run: Run) -> str:
    """With verification, which goes on after the end: true later too, when what it came to stands on the run's page."""
    spent = f"{in_credits(run.spent)} spent"
    if not run.verify_emails:
        return f"{spent}."
    charged, owed = sums_of_checks(run)
    if owed:
        return f"{spent} on leads; when it ended, verification could still bring it to {amount(run.spent + charged + owed)}."
    return f"{spent} on leads, {amount(charged)} on verification: {amount(run.spent + charged)} in all."


def ends_to_tell(user: Any, workspace: Any, *, since: datetime) -> QuerySet[Notification]:
    """What the bell has of runs that ended after `since` and was not read yet, the oldest first."""
    kinds = [kind for kind, _word in ENDS.values()]
    shown = Notification.objects.filter(workspace=workspace).shown_to(user).unread()
    return shown.filter(kind__in=kinds, created_at__gt=since).order_by("created_at", "pk")


def tell_if_credits_are_low(workspace: Any, *, now: datetime) -> None:
    """To the managers, once after each grant."""
    account = accounts().get(workspace=workspace)
    found = standing_of(account)
    if not found.is_low:
        return
    left = in_credits(found.available)
    news = News(
        kind=NotificationKind.CREDITS_LOW,
        key=f"credits-low:{account.last_grant}",  # type: ignore[attr-defined]
        title=f"Credits are low: {left} left",
        text=f"Less than a fifth of the {amount(found.full)} after the last grant can be spent.",
        url=reverse("billing:credits"),
    )
    tell(account.workspace_id, members(account.workspace_id, Role.MANAGER, Role.OWNER), news, now=now)


def members(workspace_id: int, *roles: str) -> QuerySet[User]:
    """The active people of a workspace, or those of these roles."""
    found = User.objects.filter(
        is_active=True,
        memberships__workspace=workspace_id,
        memberships__is_active=True,
        memberships__role__in=roles or Role.values,
    )
    return found.order_by("pk")
