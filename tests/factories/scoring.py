"""Facts, rules and scores."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import nan
from typing import Any

import numpy as np

from leads.candidate import Candidate
from scoring.case import Case
from scoring.columns import Categories, Details, Email, Event, Events, LeadFacts, Phone, Place, Position
from scoring.engine import Scores, tally
from scoring.ideal import IdealCustomer
from scoring.rulebook import ScoringProfile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOTHING: dict[str, Any] = {
    "position": Position("", "", ""),
    "industry": "",
    "place": Place("", "", ""),
    "technologies": (),
    "details": Details(),
    "email": Email(),
    "phone": Phone(),
    "outcome": "",
}
COLUMN_OF = {
    "position": "positions",
    "industry": "industries",
    "place": "places",
    "email": "emails",
    "phone": "phones",
    "outcome": "outcomes",
}


@dataclass
class Verdict:
    status: str = "unknown"
    reason: str = "not_checked"
    flags: tuple[str, ...] = ()
    measured: int | None = None


@dataclass
class Number:
    type: str = "mobile"
    valid: bool = True


@dataclass
class Checked:
    """A candidate with what the checks said."""

    candidate: Candidate
    email: Verdict | None = field(default_factory=Verdict)
    phone: Number | None = None


def event(kind: str, age: float = 0.0, detail: str = "") -> Event:
    """Something that happened `age` days ago to the one lead."""
    return Event(0, kind, age, (NOW - timedelta(days=age)).date(), detail, "directory")


def facts(*, signals: tuple[Event, ...] = (), touches: tuple[Event, ...] = (), **known: Any) -> LeadFacts:
    """The facts of one lead of which nothing is known but what is given, by the names of `scoring.facts.Row`."""
    values = NOTHING | {key: value for key, value in known.items() if key in NOTHING}
    columns = {COLUMN_OF.get(name, name): Categories([value]) for name, value in values.items()}
    numbers = {name: np.array([float(known.get(name, nan))]) for name in ("employees", "revenue", "observed")}
    flags = {name: np.array([bool(known.get(name))]) for name in ("has_profile", "is_barred")}
    return LeadFacts(now=NOW, **columns, **numbers, **flags, signals=Events(signals), touches=Events(touches))


def rulebook(*, closed: Any = None, home: str = "", weights: tuple[int, ...] = (), **ideal: Any) -> ScoringProfile:
    """The default rules with this ideal customer."""
    given = {"weights": weights} if weights else {}
    return ScoringProfile(ideal=IdealCustomer(**ideal), home=home, closed=closed or {}, **given)


def case(ideal: dict[str, Any] | None = None, **known: Any) -> Case:
    citations = known.pop("citations", {})
    return Case(facts(**known), rulebook(**(ideal or {})), citations)


def scores(*steps: int, n: int = 1) -> Scores:
    """Scores of n leads that all have these ten values in steps of 1/10,000 (-1: unknown; none given: all 5,000)."""
    return tally(np.array([steps or (5_000,) * 10] * n, dtype=np.int64), ScoringProfile())
