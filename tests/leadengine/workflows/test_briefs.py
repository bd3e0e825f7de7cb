"""The fingerprint of a brief: the same for the same order, another for each thing that changes it."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from leadengine.workflows.briefs import Brief
from leads.criteria import Criteria

CRITERIA = {"industries": {"values": ["retail", "banking"], "level": "must"}}
BRIEF = Brief(criteria=Criteria.from_json(CRITERIA), sources=("directory", "file"), most_leads=50)


@pytest.mark.parametrize(
    "same",
    [
        {"sources": ("file", "directory")},
        {"criteria": Criteria.from_json({"industries": {"values": ["banking", "retail"], "level": "must"}})},
    ],
    ids=["sources in another order", "industries in another order"],
)
def test_order_of_words_is_no_difference(same: dict):
    assert replace(BRIEF, **same).fingerprint == BRIEF.fingerprint


def test_a_credit_is_a_credit_however_it_is_written():
    assert len({replace(BRIEF, most_credits=Decimal(each)).fingerprint for each in ("12", "12.00", "1.2E+1")}) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"criteria": Criteria.from_json({"industries": {"values": ["retail"], "level": "must"}})},
        {"criteria": Criteria.from_json({"industries": {"values": ["retail", "banking"], "level": "nice"}})},
        {"sources": ("directory",)},
        {"most_leads": 51},
        {"most_credits": Decimal(12)},
        {"lowest_grade": "B"},
        {"new_only": False},
        {"verify_emails": True},
        {"file_id": UUID(int=1)},
    ],
    ids=str,
)
def test_each_thing_that_is_asked_for_counts(other: dict):
    assert replace(BRIEF, **other).fingerprint != BRIEF.fingerprint
