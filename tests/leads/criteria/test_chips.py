"""Criteria as short pieces."""

from leads.criteria import Criteria
from leads.criteria.chips import pieces


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
