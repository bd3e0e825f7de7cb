"""How far a workspace knows the people who buy at a company: the roles of its ideal customer, filled or still open; pure.

>>> ideal = IdealCustomer(seniorities=("director",), departments=("sales", "it"))
>>> found = cover(ideal, [], [Role("Head of IT", "director", "it", 2)])
>>> [(row.label, [seat.further for seat in row.seats]) for row in found.rows]
[('Sales', [0]), ('IT', [2])]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from leads.directory.staffing import Role
from leads.vocabulary import titles
from scoring.ideal import IdealCustomer

ANY_LEVEL, ANY_DEPARTMENT = "Any level", "Any department"


class Held(Protocol):
    """What a person holds: a lead, or a role of the directory."""

    @property
    def title(self) -> str: ...

    @property
    def seniority(self) -> str: ...

    @property
    def department(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Seat:
    """One buying role: codes ("" is any) or a title, who is known in it, and how many more the directory has."""

    seniority: str
    department: str
    title: str
    people: tuple[Held, ...] = ()
    further: int = 0

    def takes(self, holder: Held) -> bool:
        if self.title:
            return titles.title_matches(self.title, holder.title)
        fits = self.seniority in ("", holder.seniority)
        return fits and self.department in ("", holder.department)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of departments, or of titles, by columns of levels; `others` are known people in no buying role."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[Held, ...]
    further: int
    further_elsewhere: int

    @property
    def seats(self) -> list[Seat]:
        return [seat for row in self.rows for seat in row.seats]

    @property
    def filled(self) -> int:
        return sum(bool(seat.people) for seat in self.seats)


def cover(ideal: IdealCustomer, people: Sequence[Held], roles: Sequence[Role]) -> Coverage:
    """Who of `people` holds which buying role of the ideal customer, and what the directory adds to each."""
    columns, wanted = _wanted(ideal)
    rows = tuple(Row(label, tuple(_seated(seat, people, roles) for seat in seats)) for label, seats in wanted)
    seats = [seat for _, each in wanted for seat in each]
    bought = sum(role.number for role in roles if any(seat.takes(role) for seat in seats))
    others = tuple(each for each in people if not any(seat.takes(each) for seat in seats))
    return Coverage(columns, rows, others, bought, sum(role.number for role in roles) - bought)


def _wanted(ideal: IdealCustomer) -> tuple[tuple[str, ...], list[tuple[str, list[Seat]]]]:
    """The columns, and of each row its label and seats; none where the ideal customer names no role."""
    if not (ideal.seniorities or ideal.departments):
        return (ANY_LEVEL,) if ideal.titles else (), [(title, [Seat("", "", title)]) for title in ideal.titles]
    levels = sorted(ideal.seniorities, key=lambda code: -titles.RANK.get(code, -1)) or [""]
    columns = tuple(titles.seniority_label(code) if code else ANY_LEVEL for code in levels)
    rows = [
        (titles.department_label(code) if code else ANY_DEPARTMENT, [Seat(level, code, "") for level in levels])
        for code in ideal.departments or ("",)
    ]
    return columns, rows


def _seated(seat: Seat, people: Sequence[Held], roles: Sequence[Role]) -> Seat:
    known = tuple(each for each in people if seat.takes(each))
    return Seat(
        seat.seniority, seat.department, seat.title, known, sum(role.number for role in roles if seat.takes(role))
    )
