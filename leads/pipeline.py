"""The pipeline a workspace starts with, and what is written on the timelines of its leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from leads.models import Activity, ActivityKind, Lead, Stage, StageKind

FIRST_STAGES = (
    ("new", "New", StageKind.OPEN),
    ("working", "Working", StageKind.OPEN),
    ("meeting", "Meeting", StageKind.OPEN),
    ("won", "Won", StageKind.WON),
    ("lost", "Lost", StageKind.LOST),
    ("disqualified", "Disqualified", StageKind.DISQUALIFIED),
)
# What people write on a timeline themselves.
WRITTEN = (
    ActivityKind.NOTE,
    ActivityKind.CALL,
    ActivityKind.EMAIL_SENT,
    ActivityKind.EMAIL_OPENED,
    ActivityKind.EMAIL_CLICKED,
    ActivityKind.EMAIL_REPLIED,
    ActivityKind.EMAIL_BOUNCED,
    ActivityKind.MEETING,
    ActivityKind.VISIT,
)


def ensure_stages(workspace: Any) -> list[Stage]:
    """The workspace's stages in order; made on first use, left alone afterwards."""
    stages = [
        Stage(workspace=workspace, key=key, name=name, kind=kind, position=position)
        for position, (key, name, kind) in enumerate(FIRST_STAGES)
    ]
    Stage.objects.bulk_create(stages, ignore_conflicts=True)
    return list(Stage.objects.of(workspace).order_by("position", "id"))


def entry_stage(workspace_id: int) -> Stage:
    """Where a delivered lead enters: the stage `new`."""
    return Stage.objects.get(workspace_id=workspace_id, key="new")


def take_back(lead: Lead, pk: int, *, by: Any) -> bool:
    """Remove a line that this person put on the timeline; False when there is none."""
    mine = Activity.objects.of(lead.workspace_id).filter(lead=lead, pk=pk, by=by, kind__in=WRITTEN)
    return bool(mine.delete()[0])


def record(lead: Lead, kind: str, text: str, *, by: Any | None, now: datetime) -> Activity:
    """Put one event on a lead's timeline."""
    return Activity.objects.create(
        workspace_id=lead.workspace_id, lead=lead, kind=kind, text=text[:2000], by=by, occurred_at=now
    )
