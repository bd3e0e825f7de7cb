"""Criteria as short pieces, and what changed between two of them."""

import pytest

from leads.criteria import Criteria
from leads.criteria.chips import changes, pieces


def test_pieces_tell_musts_first_and_exclusions_last():
    criteria = Criteria.from_json(
        {
            "industries": {"values": ["manufacturing"], "none": ["breweries"]},
            "technologies": {"values": ["SAP"], "level": "nice"},
        }
        | {"employees": {"min": 50}, "hiring": "nice"}
    )

    assert [(piece.text, piece.kind) for piece in pieces(criteria)] == [
        ("Manufacturing", "must"),
        ("From 50 employees", "must"),
        ("SAP", "nice"),
        ("open positions", "nice"),
        ("Breweries", "never"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {}, ()),
        ({"places": ["DE"]}, {"places": ["DE", "AT"]}, ("Place: + Austria",)),
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
    ids=["same", "term added", "exclusion added", "level", "range", "range gone", "flag"],
)
def test_changes_are_told(before, after, told):
    assert changes(Criteria.from_json(before), Criteria.from_json(after)) == told
