"""All that a factor may look at, as columns over n leads; texts are codes into their distinct values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value")
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.intp]


CATEGORIES = ("positions", "industries", "places", "technologies", "details", "emails", "phones", "outcomes")
NUMBERS: dict[str, type[float] | type[bool]] = {
    "employees": float,
    "revenue": float,
    "observed": float,
    "has_profile": bool,
    "is_barred": bool,
}


class Position(NamedTuple):
    """A job: its title as found, with seniority and department of the vocabulary; "" is not known."""

    title: str
    seniority: str
    department: str


class Place(NamedTuple):
    """ISO code of the country, region and city; "" is not known."""

    country: str
    region: str
    city: str


UNSOUGHT = "unsought"  # nobody has looked for an address, which is less than to have found none


class Email(NamedTuple):
    """What is known of an address: `status` of the verdict ("" without an address), its reason, and its flags.

    `deliverability` and `reputation` (of the domain) are 0..1 where a check measured them. `before`: what was known of an
    address before it bounced.
    """

    status: str = ""
    reason: str = ""
    flags: str = ""
    deliverability: float | None = None
    reputation: float | None = None
    before: Email | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is an address at all."""
        return self.status not in ("", UNSOUGHT)


class Phone(NamedTuple):
    """What is known of a number: mobile, fixed, ... ("" without a number), and whether it can be dialled.

    `is_barred`: the person asked not to be called, on whatever number.
    """

    kind: str = ""
    is_valid: bool | None = None
    is_barred: bool = False


class Details(NamedTuple):
    """What else is known of a company: its words (keywords and description), funding stage and year of founding."""

    words: str = ""
    funding_stage: str = ""
    founded: int | None = None


class Categories(Generic[Value]):
    """A column of few distinct values: `values[codes[i]]` is the value of lead i."""

    __slots__ = ("codes", "values")

    def __init__(self, column: Iterable[Value]) -> None:
        seen: dict[Value, int] = {}
        self.codes: Codes = np.fromiter((seen.setdefault(value, len(seen)) for value in column), dtype=np.intp)
        self.values: tuple[Value, ...] = tuple(seen)

    @classmethod
    def coded(cls, values: Sequence[Value], codes: Codes) -> Self:
        """A column whose distinct values and codes are known already; values that no code names are left out."""
        made = cls(())
        used, made.codes = np.unique(codes, return_inverse=True)
        made.values = tuple(values[code] for code in used.tolist())
        return made

    def __getitem__(self, row: int) -> Value:
        return self.values[self.codes[row]]

    def take(self, rows: Codes) -> Self:
        """The column of these rows only, in their order."""
        return self.coded(self.values, self.codes[rows])

    def replaced(self, rows: Codes, change: Callable[[Value], Value]) -> Categories[Value]:
        """The column with the values of a few rows changed; a value may stand under several codes before."""
        values = list(self.values)
        places = {value: code for code, value in enumerate(values)}
        made: Categories[Value] = Categories(())
        made.codes = self.codes.copy()
        for row in rows.tolist():
            value = change(self[row])
            if value not in places:
                places[value] = len(values)
                values.append(value)
            made.codes[row] = places[value]
        made.values = tuple(values)
        return made

    def map(self, function: Callable[[Value], float]) -> Floats:
        """The function of each lead's value, computed once for each distinct one."""
        return np.array([function(value) for value in self.values], dtype=float)[self.codes]


class Event(NamedTuple):
    """Something that happened to one lead, `age` days ago; `on` and `detail` are for the person who reads of it."""

    row: int
    kind: str
    age: float
    on: date
    detail: str = ""
    source: str = ""
    url: str = ""


class Events:
    """Dated events of all leads, as columns; several, or none, a lead."""

    __slots__ = ("ages", "all", "kinds", "rows")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.all = tuple(events)
        self.rows: Codes = np.fromiter((event.row for event in self.all), dtype=np.intp)
        self.ages: Floats = np.fromiter((event.age for event in self.all), dtype=float)
        self.kinds = Categories(event.kind for event in self.all)

    @classmethod
    def coded(cls, rows: Codes, kinds: Categories[str], ages: Floats) -> Self:
        """Events as columns alone: they can be counted and weighed, and not be told of one by one."""
        made = cls()
        made.rows, made.kinds, made.ages = rows, kinds, ages
        return made

    def __bool__(self) -> bool:
        return len(self.rows) > 0

    def take(self, rows: Codes, n: int) -> Self:
        """The events of these rows of n, numbered anew; as columns alone where there is nothing to tell of them."""
        place = np.full(n, -1)
        place[rows] = np.arange(len(rows))
        if self.all:
            kept = [event for event in self.all if place[event.row] >= 0]
            return type(self)(event._replace(row=int(place[event.row])) for event in kept)
        wanted = np.flatnonzero(place[self.rows] >= 0)
        return self.coded(place[self.rows[wanted]], self.kinds.take(wanted), self.ages[wanted])

    def of(self, row: int) -> list[Event]:
        """One lead's events, newest first."""
        return sorted((event for event in self.all if event.row == row), key=lambda event: event.age)

    def summed(self, weigh: Callable[[str], float], n: int, *, fading: Callable[[str], float] | None = None) -> Floats:
        """For each of n leads the sum of its events' weights; with `fading`, halved every so many days."""
        if not self:
            return np.zeros(n)
        weights = self.kinds.map(weigh)
        if fading:
            weights = weights * np.exp2(-self.ages / self.kinds.map(fading))
        return np.bincount(self.rows, weights=weights, minlength=n).astype(float)

    def newest(self, kinds: frozenset[str], n: int) -> Floats:
        """For each of n leads the age in days of its newest event of these kinds; infinite without one."""
        ages = np.full(n, np.inf)
        if self:
            wanted = self.kinds.map(lambda kind: kind in kinds) > 0
            np.minimum.at(ages, self.rows[wanted], self.ages[wanted])
        return ages


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """Facts of n leads at the time `now`. Numbers are NaN where they are not known.

    `employees` is a head count (of a band its geometric mean), `revenue` US dollars per year, `observed` the age in
    days of the newest evidence, `outcomes` won, lost, disqualified or "". `signals` are public, `touches` are between
    us and the lead.
    """

    now: datetime
    positions: Categories[Position]
    industries: Categories[str]
    places: Categories[Place]
    technologies: Categories[tuple[str, ...]]
    details: Categories[Details]
    emails: Categories[Email]
    phones: Categories[Phone]
    outcomes: Categories[str]
    employees: Floats
    revenue: Floats
    observed: Floats
    has_profile: Bools
    is_barred: Bools
    signals: Events
    touches: Events

    @property
    def n(self) -> int:
        return len(self.employees)

    def take(self, rows: Codes) -> Self:
        """These rows only, in their order, with their events."""
        columns = {name: getattr(self, name).take(rows) for name in CATEGORIES}
        columns |= {name: getattr(self, name)[rows] for name in NUMBERS}
        events = {name: getattr(self, name).take(rows, self.n) for name in ("signals", "touches")}
        return replace(self, **columns, **events)

    def changed(self, **columns: Any) -> Self:
        """The same leads with some columns replaced: "what if the e-mail were deliverable?"."""
        return replace(self, **columns)
