"""The facts of leads row by row, and the columns that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from math import nan, sqrt
from typing import Any, NamedTuple

import numpy as np

from leads.vocabulary.titles import parse
from scoring.columns import (
    CATEGORIES,
    NUMBERS,
    Categories,
    Details,
    Email,
    Event,
    Events,
    LeadFacts,
    Phone,
    Place,
    Position,
)

DAY = 86_400.0
SWITCHBOARD = Phone("switchboard", None)


class Row(NamedTuple):
    """The facts of one lead, in the order of the columns: CATEGORIES, then NUMBERS."""

    position: Position
    industry: str
    place: Place
    technologies: tuple[str, ...]
    details: Details
    email: Email
    phone: Phone
    outcome: str
    employees: float
    revenue: float
    observed: float
    has_profile: bool
    is_barred: bool


def columns_of(rows: Sequence[Row], *, signals: Iterable[Event], touches: Iterable[Event], now: datetime) -> LeadFacts:
    """Leads in rows, with the events of each, as columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(Row._fields)
    column = dict(zip((*CATEGORIES, *NUMBERS), columns, strict=True))
    made: dict[str, Any] = {name: Categories(column[name]) for name in CATEGORIES}
    made |= {name: np.array(column[name], dtype=kind) for name, kind in NUMBERS.items()}
    return LeadFacts(now=now, **made, signals=Events(signals), touches=Events(touches))


def row_of(facts: LeadFacts, place: int = 0) -> Row:
    """The facts of one lead again as a row; `columns_of` is the way back."""
    values = [getattr(facts, name)[place] for name in CATEGORIES]
    return Row(*values, *(kind(getattr(facts, name)[place]) for name, kind in NUMBERS.items()))


@lru_cache(maxsize=65_536)
def position_of(title: str) -> Position:
    """Title with the seniority and department that the vocabulary reads in it."""
    parsed = parse(title)
    return Position(title, parsed.seniority, parsed.department)


def typical(least: int | None, most: int | None) -> float:
    """One number for a head count or band: 51-200 -> 101, its geometric mean; NaN if nothing is known."""
    if not least and not most:
        return nan
    return sqrt((least or 1) * most) if most else float(least or 0)


def days(then: date | datetime, now: datetime) -> float:
    """Days gone by, never negative; a date counts from its midnight, UTC."""
    if not isinstance(then, datetime):
        then = datetime.combine(then, time(), UTC)
    return max(0.0, (now - then).total_seconds() / DAY)
