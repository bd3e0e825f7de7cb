"""How a source's share of a run stands, in words: a label for its tag, and a sentence on what that means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.wording import plural
from leadengine.workflows.lanes import AWAITS, MAX_FAULTS
from leads.models import Lane


@dataclass(frozen=True, slots=True)
class Situation:
    """`tone` is one of the tags' tones, `icon` a lucide name; the sentence may be empty where the label says it all."""

    label: str
    tone: str
    icon: str
    sentence: str = ""


ENDED = {
    LeaseState.DONE: Situation("Done", "good", "check"),
    LeaseState.PAUSED: Situation("Paused", "warn", "pause", "It goes on where it was."),
    LeaseState.STOPPED: Situation("Stopped", "quiet", "square", "It was not asked to its end."),
}


def situation(lane: Lane, *, now: datetime, before: int = 0) -> Situation:
    """`before`: how many others wait longer for a worker than this lane does."""
    if lane.state == LeaseState.FAILED:
        why = lane.error.rstrip(".")
        meaning = f"{why}. It is asked no more by itself; what it found stays, and nothing more is charged for it."
        return Situation("Failed", "bad", "triangle-alert", meaning)
    if lane.state not in OPEN_STATES:
        return ENDED[LeaseState(lane.state)]
    if lane.retry_note == AWAITS:
        return Situation(AWAITS, "quiet", "clock", "It is asked for people at the companies that the others find.")
    if lane.retry_note and not lane.faults:
        return Situation("Waits its turn", "warn", "hourglass", _turn(lane, now))
    if lane.retry_note:
        return Situation("Answers slowly", "warn", "hourglass", _retry(lane, now))
    if lane.claimed or lane.state == LeaseState.RUNNING:
        return Situation("Searching", "accent", "loader-circle")
    return Situation("Queued", "quiet", "clock", _queue(before))


def _retry(lane: Lane, now: datetime) -> str:
    wait = max(0, round((lane.due_at - now).total_seconds()))
    when = "It is asked again now" if lane.claimed or not wait else f"It is asked again in {_span(wait)}"
    tried = f"failed {lane.faults} of {MAX_FAULTS} times before it is given up"
    return f"{lane.retry_note.rstrip('.')}. {when}; {tried}."


def _turn(lane: Lane, now: datetime) -> str:
    wait = max(0, round((lane.due_at - now).total_seconds()))
    return f"{lane.retry_note.rstrip('.')}: in {_span(wait)}." if wait else lane.retry_note


def _queue(before: int) -> str:
    return f"{before:,} {plural(before, 'other')} before it." if before else "Next in the queue."


def _span(seconds: int) -> str:
    return f"{seconds} s" if seconds < 60 else f"{-(-seconds // 60)} min"
