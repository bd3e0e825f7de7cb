"""Who of those that wait for room would turn out too low: all are judged at once, and nothing of it stays.

Else a page of known leads about whom it says worse would be written once for each of them, longer than a lease lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from leadengine.workflows import saving
from leadengine.workflows.deciding import Decided, Room
from leadengine.workflows.judging import Judged
from leadengine.workflows.outcomes import outcomes_of
from leadengine.workflows.regrading import Mark
from leads.models import Lane, Reason, Run
from scoring import engine
from scoring.engine import Scores
from scoring.rules import Rules

FULL = (Reason.LIMIT_REACHED, Reason.BUDGET_REACHED)


def waiting(decided: Sequence[Decided]) -> list[int]:
    """Who is refused for want of room only, by position."""
    return [each.index for each in decided if each.refusal and each.refusal.reason in FULL]


def too_low(marks: dict[int, Mark], lowest: str) -> dict[int, Mark]:
    """Those of the marks that are below the least grade."""
    return {place: mark for place, mark in marks.items() if not engine.at_least(mark.grade, lowest)}


def ahead(
    run: Run, lane: Lane, judged: Sequence[Judged], scores: Scores, rules: Rules, places: Sequence[int], now: datetime
) -> dict[int, Mark]:
    """By position, the marks of those that would be too low if all these were delivered together."""
    some = [judged[place] for place in places]
    room = Room(leads=len(some), credits=Decimal(0), unit_price=Decimal(0))
    with transaction.atomic():
        decided = outcomes_of(run, some, room, rules, lowest=run.lowest_grade, marks={}, now=now)
        marks = saving.save(run, {lane: decided}, scores.of(places), rules, why="Looked ahead", now=now)
        transaction.set_rollback(True)
    return {places[place]: mark for place, mark in too_low(marks, run.lowest_grade).items()}
