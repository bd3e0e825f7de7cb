"""What a row of the list of saved searches shows: whom it wants, how it ran last, when it runs by itself, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leads.criteria.chips import pieces
from leads.forms.criteria import understood
from leads.models import Run, SavedSearch
from leads.saved_searches import lacking

CHIPS_SHOWN = 6


def search_row(
    saved: SavedSearch, run: Run | None, grades: Mapping[Any, Any], *, is_own: bool, zone: str
) -> dict[str, Any]:
    """`saved` with its schedule, if it has one; `zone`: the time zone that schedules keep."""
    found = pieces(understood(saved.criteria)[0])
    schedule = getattr(saved, "schedule", None)
    return {
        "saved": saved,
        "pieces": found[:CHIPS_SHOWN],
        "more": max(len(found) - CHIPS_SHOWN, 0),
        "run": run,
        "grades": grades.get(run.pk, {}) if run else {},
        "can_change": is_own,
        "schedule": schedule,
        "rhythm": schedule.rhythm(zone).words() if schedule else "",
        "lacking": lacking(saved),
    }
