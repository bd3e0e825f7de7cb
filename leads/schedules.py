"""What is kept of a schedule while its deleted search can come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from leadengine.leased import LeaseState
from leads.models import SavedSearch, SearchSchedule

KEPT = ("act", "every", "weekday", "monthday", "hour", "most_leads", "most_credits_a_month", "by_id", "code", "note")


def schedule_to_restore(saved: SavedSearch) -> dict[str, Any] | None:
    """The schedule of a search as JSON; None where there is none."""
    schedule = SearchSchedule.objects.of(saved.workspace_id).filter(search=saved).first()
    if schedule is None:
        return None
    found = {name: getattr(schedule, name) for name in KEPT} | {"next_at": schedule.next_at.isoformat()}
    kept = {name: str(value) if isinstance(value, Decimal | UUID) else value for name, value in found.items()}
    return kept | {"is_paused": schedule.is_paused}


def restore_schedule(saved: SavedSearch, kept: Mapping[str, Any]) -> SearchSchedule:
    """As it was. A time that has gone by meanwhile is due at once, and once."""
    fields = {name: kept[name] for name in KEPT}
    next_at = datetime.fromisoformat(kept["next_at"])
    state = LeaseState.PAUSED if kept["is_paused"] else LeaseState.QUEUED
    made: SearchSchedule = SearchSchedule.objects.create(
        workspace_id=saved.workspace_id, search=saved, state=state, next_at=next_at, due_at=next_at, **fields
    )
    return made
