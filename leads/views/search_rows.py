"""A row of the list of saved searches: whom it wants, how it ran last, when it runs by itself, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from leadengine.request import Request
from leads.criteria.chips import pieces
from leads.forms.criteria import understood
from leads.models import Run, SavedSearch
from leads.saved_searches import deletable_by, grades_of, lacking, last_runs, visible_to

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


def search_rows(request: Request, searches: list[SavedSearch]) -> list[dict[str, Any]]:
    """In a fixed number of queries; each search comes with its maker and its schedule."""
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    runs, changeable = last_runs(searches), set(own.values_list("pk", flat=True))
    grades, zone = grades_of(runs.values()), request.workspace.time_zone
    return [search_row(each, runs.get(each.pk), grades, is_own=each.pk in changeable, zone=zone) for each in searches]


def swapped(request: Request, *pks: int) -> HttpResponse:
    """These searches' rows as they are now, to take the place of one; the keyboard goes on at the last one's menu."""
    found = listed(request).in_bulk(pks)
    rows = search_rows(request, [found[pk] for pk in pks])
    parts = [
        render_to_string("leads/_search_row.html", {"row": row, "takes_focus": row is rows[-1]}, request)
        for row in rows
    ]
    return HttpResponse("".join(parts))


def listed(request: Request) -> Any:
    """What a person sees of the workspace's searches, ready to be shown as rows."""
    return visible_to(request.user, request.workspace).select_related("created_by", "schedule")
