"""How long a run of so many leads takes, about: by the speed of runs that finished lately, or else a cautious constant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import BooleanField, QuerySet, Value

from leads.models import Run, RunState

WITHOUT_HISTORY = 25.0  # leads a second: a quarter of the 106 of the slower "generation" in benchmarks/results.md
RECENT, ENOUGH, FEWEST_LEADS = 20, 3, 10  # runs looked at, runs that make a pace, leads of a run that tell anything
SHORTEST = 1.0  # seconds a run is taken to last at least

Times = Sequence[Any]  # delivered, started, ended


@dataclass(frozen=True, slots=True)
class Duration:
    """`is_measured`: whether finished runs stand behind it."""

    seconds: float
    is_measured: bool

    def __str__(self) -> str:
        """`less than a minute`, `about 2 minutes`, `about 1 hour`."""
        if self.seconds < 60:
            return "less than a minute"
        minutes = round(self.seconds / 60)
        if minutes < 60:
            return f"about {minutes} minute{'' if minutes == 1 else 's'}"
        hours = round(self.seconds / 3600)
        return f"about {hours} hour{'' if hours == 1 else 's'}"


def duration(leads: int, times: Sequence[Times]) -> Duration:
    """Of `leads` at the median pace of finished runs, given as (delivered, started, ended); pure.

    Three runs that delivered 120 leads in 60 s each: 240 leads take 120 s, "about 2 minutes".
    """
    paces = list(_paces(times))
    pace = median(paces) if len(paces) >= ENOUGH else WITHOUT_HISTORY
    return Duration(leads / pace, len(paces) >= ENOUGH)


def expected_duration(workspace: Any, sources: Sequence[str], leads: int) -> Duration:
    """By the workspace's own runs over any of these sources; by those of the server while it has too few. One query."""
    own = _times(Run.objects.of(workspace).order_by("-created_at", "-id"), sources, is_own=True)
    everybody = _times(Run.objects.order_by("-id"), sources, is_own=False)
    rows = list(own.union(everybody, all=True))
    found = duration(leads, [times for *times, is_own in rows if is_own])
    return found if found.is_measured else duration(leads, [times for *times, is_own in rows if not is_own])


def _times(runs: QuerySet[Run], sources: Sequence[str], *, is_own: bool) -> QuerySet[Run, tuple[Any, ...]]:
    finished = runs.filter(state=RunState.FINISHED, delivered__gte=FEWEST_LEADS, sources__overlap=list(sources))
    known = finished.filter(started_at__isnull=False, ended_at__isnull=False)
    marked = known.annotate(is_own=Value(is_own, BooleanField()))
    return marked.values_list("delivered", "started_at", "ended_at", "is_own")[:RECENT]


def _paces(times: Iterable[Times]) -> Iterable[float]:
    for delivered, started, ended in times:
        yield delivered / max((ended - started) / timedelta(seconds=1), SHORTEST)
