"""Which buying roles are filled: by levels and departments, by titles, and with what the directory adds."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from leads.directory.staffing import Role
from scoring.coverage import cover
from scoring.ideal import IdealCustomer


@dataclass(frozen=True)
class Person:
    title: str = ""
    seniority: str = ""
    department: str = ""


HEAD_OF_SALES, CTO = Person("Head of Sales", "director", "sales"), Person("CTO", "c_level", "engineering")
ROLES = [Role("Sales Director", "director", "sales", 2), Role("Receptionist", "entry", "administration", 3)]


def seats(coverage) -> dict[tuple[str, str], tuple[int, int]]:
    """(row, column) -> (people, further)."""
    return {
        (row.label, column): (len(seat.people), seat.further)
        for row in coverage.rows
        for column, seat in zip(coverage.columns, row.seats, strict=True)
    }


def test_departments_by_levels_the_highest_level_first():
    ideal = IdealCustomer(seniorities=("director", "c_level"), departments=("sales", "engineering"))

    found = cover(ideal, [HEAD_OF_SALES, CTO], ROLES)

    assert seats(found) == {
        ("Sales", "C-level"): (0, 0),
        ("Sales", "Director"): (1, 2),
        ("Engineering", "C-level"): (1, 0),
        ("Engineering", "Director"): (0, 0),
    }
    assert (found.filled, len(found.seats)) == (2, 4)


@pytest.mark.parametrize(
    ("ideal", "expected"),
    [
        ({"seniorities": ("director",)}, {("Any department", "Director"): (1, 2)}),
        ({"departments": ("engineering",)}, {("Engineering", "Any level"): (1, 0)}),
        ({"titles": ("Sales Director",)}, {("Sales Director", "Any level"): (1, 2)}),
        ({"industries": ("retail",)}, {}),
    ],
    ids=["levels only", "departments only", "titles only", "no role"],
)
def test_what_the_ideal_customer_leaves_open_is_any(ideal, expected):
    assert seats(cover(IdealCustomer(**ideal), [HEAD_OF_SALES, CTO], ROLES)) == expected


def test_others_are_told_apart():
    found = cover(IdealCustomer(departments=("sales",)), [HEAD_OF_SALES, CTO], ROLES)

    assert found.others == (CTO,)
    assert (found.further, found.further_elsewhere) == (2, 3)


def test_person_in_two_titles_is_counted_once_beyond():
    found = cover(IdealCustomer(titles=("Sales Director", "Head of Sales")), [], ROLES)

    assert (found.further, found.further_elsewhere) == (2, 3)
