"""What two criteria differ in, in words."""

from dataclasses import replace

import pytest

from leads.criteria import Criteria
from leads.criteria.comparing import Difference, differences

CASES = {
    "nothing": ({"places": ["DE"]}, {"places": ["DE"]}, []),
    "added": ({}, {"places": ["DE"]}, [Difference("Place", "", "in Germany (must)")]),
    "taken away": ({"hiring": "must"}, {}, [Difference("Hiring", "open positions (must)", "")]),
    "another level": (
        {"email": "must"},
        {"email": "nice"},
        [Difference("E-mail", "an e-mail address (must)", "an e-mail address (nice)")],
    ),
    "another range": (
        {"employees": {"min": 50}},
        {"employees": {"min": 50, "max": 200}},
        [Difference("Employees", "from 50 employees (must)", "50 to 200 employees (must)")],
    ),
    "an exclusion": (
        {"keywords": {"any": ["pumps"]}},
        {"keywords": {"any": ["pumps"], "none": ["agency"]}},
        [Difference("Keywords", "the words “pumps” (must)", "the words “pumps” (must); never the words “agency”")],
    ),
}


@pytest.mark.parametrize(("before", "after", "told"), CASES.values(), ids=CASES)
def test_differences_in_words(before, after, told):
    found = differences(Criteria.from_json(before), Criteria.from_json(after))

    assert [replace(each, steps=()) for each in found] == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {}, ()),
        ({"places": ["DE"]}, {"places": ["DE", "AT"]}, ("Place: + Austria",)),
        ({"places": ["DE"]}, {"places": ["AT"]}, ("Place: + Austria, − Germany",)),
        ({"titles": ["CFO", "CEO"]}, {"titles": ["CEO", "CFO"]}, ()),
        (
            {"places": ["DE"]},
            {"places": {"values": ["DE"], "none": ["city:Berlin,DE"]}},
            ("Place: never Berlin, Germany",),
        ),
        ({"titles": ["CFO"]}, {"titles": {"values": ["CFO"], "level": "nice"}}, ("Job title: now nice",)),
        ({"employees": "11-50"}, {"employees": "51-200"}, ("Employees: 51 to 200 employees",)),
        ({"employees": "11-50"}, {}, ("Employees: any",)),
        ({"email": "must"}, {"email": "nice"}, ("E-mail: an e-mail address, now nice",)),
    ],
    ids=[
        "same",
        "term added",
        "term replaced",
        "another order",
        "exclusion added",
        "level",
        "range",
        "range gone",
        "flag",
    ],
)
def test_difference_in_one_line(before, after, told):
    found = differences(Criteria.from_json(before), Criteria.from_json(after))

    assert tuple(map(str, found)) == told
