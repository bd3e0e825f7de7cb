"""The pipeline a workspace starts with, and the moves of a lead in it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

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


@transaction.atomic
def move(lead: Lead, stage: Stage, *, by: Any, now: datetime, reason: str = "") -> Activity | None:
    """Put a lead into a stage of its own workspace; its outcome and closing time follow from the stage.

    Answers the event on its timeline, as the others here do; None where nothing changed.
    """
    before = lead.stage.name if lead.stage else ""
    if lead.stage_id == stage.pk:
        return None
    is_open = stage.kind == StageKind.OPEN
    lead.stage, lead.outcome = stage, "" if is_open else stage.kind
    lead.closed_at, lead.outcome_reason, lead.updated_at = None if is_open else now, reason, now
    lead.save(update_fields=["stage", "outcome", "closed_at", "outcome_reason", "updated_at"])
    return record(lead, ActivityKind.STAGE, f"{before} → {stage.name}", by=by, now=now)


@transaction.atomic
def settle_outcome(
    lead: Lead, *, value: Decimal | None = None, currency: str = "", reason: str = "", by: Any, now: datetime
) -> Activity:
    """Note what a closed lead came to: the value of a won deal, or why there is none."""
    lead.deal_value, lead.deal_currency = value, currency if value is not None else ""
    lead.outcome_reason, lead.updated_at = reason, now
    lead.save(update_fields=["deal_value", "deal_currency", "outcome_reason", "updated_at"])
    told = f"{value:,.2f} {currency}" if value is not None else reason or "nothing noted"
    return record(lead, ActivityKind.EDITED, f"{lead.get_outcome_display()}: {told}", by=by, now=now)


def take_back(lead: Lead, pk: int, *, by: Any) -> bool:
    """Remove a line that this person put on the timeline; False when there is none."""
    mine = Activity.objects.of(lead.workspace_id).filter(lead=lead, pk=pk, by=by, kind__in=WRITTEN)
    return bool(mine.delete()[0])


@transaction.atomic
def assign(lead: Lead, owner: Any | None, *, by: Any, now: datetime) -> Activity | None:
    """Give a lead to a member, or to nobody."""
    if lead.owner_id == (owner.pk if owner else None):
        return None
    lead.owner, lead.updated_at = owner, now
    lead.save(update_fields=["owner", "updated_at"])
    return record(lead, ActivityKind.OWNER, owner.name if owner else "Nobody", by=by, now=now)


def record(lead: Lead, kind: str, text: str, *, by: Any | None, now: datetime) -> Activity:
    """Put one event on a lead's timeline."""
    return Activity.objects.create(
        workspace_id=lead.workspace_id, lead=lead, kind=kind, text=text[:2000], by=by, occurred_at=now
    )
