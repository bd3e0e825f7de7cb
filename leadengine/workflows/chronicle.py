"""The log of a run: what people and the engine did with it, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from billing.models import AuditEvent, User
from leads.models import Run

INCLUDED = "run.included"
WORDS = {
    "run.started": "Started",
    "run.paused": "Paused",
    "run.resumed": "Resumed",
    "run.stopped": "Stopped",
    INCLUDED: "Included",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event; `who` is empty where nobody did it."""

    at: datetime
    text: str
    who: str = ""


def chronicle(run: Run) -> list[Line]:
    """The run's events, the oldest first. One query, and one more if others than its starter had a hand in it."""
    events = AuditEvent.objects.filter(
        workspace_id=run.workspace_id, object_type=run._meta.label_lower, object_id=str(run.pk)
    )
    acts = list(events.order_by("created_at", "pk"))
    people = {run.started_by_id: run.started_by}
    if others := {each.actor_id for each in acts if each.actor_id} - people.keys():
        people |= User.objects.in_bulk(others)
    lines = [Line(each.created_at, _words(each), _name(people, each.actor_id)) for each in acts]
    return sorted(lines + _own(run), key=lambda line: line.at)


def _words(act: AuditEvent) -> str:
    """An inclusion with its number: "Included 4 who were left out"."""
    said = WORDS.get(act.verb, act.verb)
    return f"{said} {act.after.get('leads', 0):,} who were left out" if act.verb == INCLUDED else said


def _own(run: Run) -> list[Line]:
    """What the run's row itself knows: when a worker took it up, and how it ended unless somebody stopped it."""
    lines = [Line(run.started_at, "A worker began")] if run.started_at else []
    if run.ended_at and not run.stop_requested_at:
        words = f"{run.get_state_display()}: {run.reason}" if run.reason else run.get_state_display()
        lines.append(Line(run.ended_at, words))
    return lines


def _name(people: dict[int, User], actor_id: int | None) -> str:
    return people[actor_id].name if actor_id in people else ""
