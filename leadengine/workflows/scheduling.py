"""Schedules of saved searches: set, paused, resumed and removed by people; and the time zone of their hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from billing import auditing
from billing.models import Workspace
from leadengine.leased import LeaseState
from leads.models import SavedSearch, SearchSchedule
from leads.schedules import restore_schedule, schedule_to_restore


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a person asks for: `act` is "run" or "alert"."""

    act: str
    every: str
    hour: int
    weekday: int = 0
    monthday: int = 1
    most_leads: int = 25
    most_credits_a_month: Decimal = Decimal(100)


@transaction.atomic
def set_schedule(saved: SavedSearch, plan: Plan, *, by: Any, now: datetime) -> SearchSchedule:
    """From now on it acts by this plan, as the person who set it; a schedule that was paused goes on."""
    fields = asdict(plan) | {"by": by, "note": "", "state": LeaseState.QUEUED, "claimed": False, "stalls": 0}
    schedule = SearchSchedule.objects.of(saved.workspace_id).filter(search=saved).select_for_update().first()
    schedule = schedule or SearchSchedule(workspace_id=saved.workspace_id, search=saved)
    for name, value in fields.items():
        setattr(schedule, name, value)
    _plan_next(schedule, saved.workspace.time_zone, now)
    schedule.epoch += 1
    schedule.save()
    _audit("schedule.set", schedule, by, now, after={"act": plan.act, "every": plan.every, "hour": plan.hour})
    return schedule


@transaction.atomic
def pause_schedule(saved: SavedSearch, *, is_paused: bool, by: Any, now: datetime) -> SearchSchedule:
    """Paused, it waits; resumed, it goes on with its next time after now. What it was the moment before stays so."""
    schedule: SearchSchedule = SearchSchedule.objects.select_for_update().get(search=saved)
    if schedule.is_paused == is_paused:
        return schedule
    schedule.state = LeaseState.PAUSED if is_paused else LeaseState.QUEUED
    schedule.claimed, schedule.epoch, schedule.stalls, schedule.note = False, schedule.epoch + 1, 0, ""
    _plan_next(schedule, saved.workspace.time_zone, now)
    schedule.save()
    _audit("schedule.paused" if is_paused else "schedule.resumed", schedule, by, now)
    return schedule


@transaction.atomic
def remove_schedule(saved: SavedSearch, *, by: Any, now: datetime) -> dict[str, Any] | None:
    """From now on it runs only when somebody starts it. Answers what `put_back_schedule` needs; None where none was."""
    schedule = SearchSchedule.objects.select_for_update().filter(search=saved).first()
    kept = schedule_to_restore(saved)
    if schedule is None or kept is None:
        return None
    _audit("schedule.removed", schedule, by, now)
    schedule.delete()
    return kept


@transaction.atomic
def put_back_schedule(saved: SavedSearch, kept: Mapping[str, Any], *, by: Any, now: datetime) -> bool:
    """As it was before it was removed; False where another one was set since."""
    SavedSearch.objects.select_for_update(no_key=True).get(pk=saved.pk)
    if SearchSchedule.objects.filter(search=saved).exists():
        return False
    _audit("schedule.restored", restore_schedule(saved, kept), by, now)
    return True


@transaction.atomic
def set_time_zone(workspace: Workspace, zone: str, *, by: Any, now: datetime) -> None:
    """The hours of all its schedules are in it from now on. Raises ValueError for a zone that does not exist."""
    if zone not in available_timezones():
        raise ValueError(f"There is no time zone “{zone[:40]}”.")
    before, workspace.time_zone = workspace.time_zone, zone
    workspace.save(update_fields=["time_zone"])
    for schedule in SearchSchedule.objects.of(workspace).select_for_update().order_by("pk"):
        schedule.epoch, schedule.claimed = schedule.epoch + 1, False
        _plan_next(schedule, zone, now)
        schedule.save(update_fields=["epoch", "claimed", "next_at", "due_at"])
    auditing.record(
        "workspace.time_zone",
        workspace_id=workspace.pk,
        by=by,
        obj=workspace,
        before={"time_zone": before},
        after={"time_zone": zone},
        now=now,
    )


def _plan_next(schedule: SearchSchedule, zone: str, now: datetime) -> None:
    schedule.next_at = schedule.due_at = schedule.rhythm(zone).after(now)


def _audit(verb: str, schedule: SearchSchedule, by: Any, now: datetime, **more: Any) -> None:
    auditing.record(verb, workspace_id=schedule.workspace_id, by=by, obj=schedule.search, now=now, **more)
