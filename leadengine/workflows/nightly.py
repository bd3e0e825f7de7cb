"""Scores all leads again each night, so that what fades with time has faded in lists, exports and comparisons too."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from billing.models import Workspace
from leadengine.leased import OPEN_STATES
from leadengine.workflows.scoring import start_rescoring
from scoring.models import LeadScore, Rescoring

log = logging.getLogger(__name__)
WHY = "Scored again overnight"
HOUR = 2  # of the workspace's own time
SPREAD = 180  # minutes over which the workspaces are spread, so that not all begin at once


def start_nightly(*, now: datetime) -> int:
    """Queue the leads of each workspace whose night has begun since they were last scored again; answers how many jobs.

    Harmless to repeat, and beside others who do it. A night in which nobody worked is made up for as soon as somebody does.
    """
    newest = Rescoring.objects.filter(workspace=OuterRef("pk")).order_by("-created_at").values("created_at")[:1]
    scored = Exists(LeadScore.objects.filter(workspace=OuterRef("pk")))
    found = Workspace.objects.annotate(rescored_at=Subquery(newest)).filter(scored).order_by("pk")
    due = [each for each in found if each.rescored_at is None or each.rescored_at < night_of(each, now=now)]
    return sum(_start(each, now) for each in due if _has_scores_of_before(each, now))


def night_of(workspace: Workspace, *, now: datetime) -> datetime:
    """When the workspace's last night began: at two o'clock there, or up to three hours later.

    >>> night_of(Workspace(pk=75, time_zone="Europe/Berlin"), now=datetime(2026, 5, 3, 12, tzinfo=ZoneInfo("UTC")))
    datetime.datetime(2026, 5, 3, 1, 15, tzinfo=datetime.timezone.utc)
    """
    there = now.astimezone(_zone(workspace))
    begins = there.replace(hour=HOUR, minute=0, second=0, microsecond=0) + timedelta(minutes=workspace.pk % SPREAD)
    # Compared in UTC: on the day on which clocks go forward there may be no such time.
    tonight, last_night = (each.astimezone(UTC) for each in (begins, begins - timedelta(days=1)))
    return tonight if tonight <= now else last_night


def _zone(workspace: Workspace) -> ZoneInfo:
    """UTC where an entry by hand names no zone: one workspace must not cost the others their night."""
    try:
        return ZoneInfo(workspace.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("workspace %s: there is no time zone %r", workspace.pk, workspace.time_zone)
        return ZoneInfo("UTC")


def _has_scores_of_before(workspace: Workspace, now: datetime) -> bool:
    return LeadScore.objects.of(workspace).filter(scored_at__lt=night_of(workspace, now=now)).exists()


@transaction.atomic
def _start(workspace: Workspace, now: datetime) -> bool:
    """Unless somebody else was quicker, or a rescoring is under way."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    begun = Q(created_at__gte=night_of(workspace, now=now)) | Q(state__in=OPEN_STATES)
    if Rescoring.objects.of(workspace).filter(begun).exists():
        return False
    return start_rescoring(workspace, why=WHY, by=None, now=now) is not None
