"""The ideal customer: its JSON form, and what a run's criteria fill."""

import pytest

from leads.criteria import Criteria, Range
from scoring.ideal import IdealCustomer

WISHES = IdealCustomer(industries=("retail",), places=("DE",), employees=Range(50, None), keywords=("outlet",))


def test_json_form_is_read_back_as_it_was() -> None:
    assert IdealCustomer.from_json(WISHES.to_json()) == WISHES


def test_json_form_leaves_out_what_is_open() -> None:
    assert WISHES.to_json() == {
        "industries": ["retail"],
        "places": ["DE"],
        "keywords": ["outlet"],
        "employees": {"min": 50, "max": None},
    }


def test_criteria_fill_what_is_open_whatever_their_level() -> None:
    criteria = Criteria.from_json(
        {
            "industries": {"values": ["mining"], "level": "must"},
            "departments": {"values": ["it"], "level": "nice"},
            "keywords": {"any": ["pumps"], "level": "nice"},
            "revenue": {"min": 1_000_000, "level": "nice"},
        }
    )

    filled = WISHES.filled_by(criteria)

    assert (filled.industries, filled.departments, filled.keywords) == (("retail",), ("it",), ("outlet",))
    assert filled.revenue == Range(1_000_000, None)


def test_exclusions_do_not_become_wishes() -> None:
    criteria = Criteria.from_json({"industries": {"none": ["mining"]}})

    assert IdealCustomer().filled_by(criteria).is_empty


@pytest.mark.parametrize("nothing", [{}, {"industries": []}, {"employees": {}}, {"employees": {"min": None}}])
def test_nothing_said_is_empty(nothing) -> None:
    assert IdealCustomer.from_json(nothing).is_empty
