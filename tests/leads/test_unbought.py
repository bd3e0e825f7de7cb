"""Half-known people are nobody's like until the rest is bought, and say why it was not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leads.candidate import SAMPLE, Candidate
from leads.identity import identities, match_keys
from leads.matching import cluster, compare
from leads.models import Reason
from leads.unbought import bought, half_known, set_aside, why_aside
from tests.factories.candidates import person

SHOWN = replace(person("", company="Ostra Pumps", source="apollo", record_id="7"), first_name="Ines", extra=(SAMPLE,))
INES = half_known(SHOWN)
COLLEAGUE = half_known(replace(SHOWN, record_id="8"))
WHOLE = person("Ines Calloway", company="Ostra Pumps", domain="ostra.example", source="hunter", record_id="1")


def test_colleagues_of_one_first_name_stay_two():
    assert cluster([INES, COLLEAGUE, WHOLE, INES]) == [[0], [1], [2], [3]]


def test_bought_they_are_like_everybody_else():
    whole = replace(bought(INES), last_name="Calloway")

    assert cluster([whole, WHOLE]) == [[0, 1]]


@pytest.mark.parametrize("other", [WHOLE, COLLEAGUE, INES], ids=["somebody whole", "a colleague", "itself"])
def test_half_a_person_is_not_compared(other):
    assert compare(INES, other).outcome == compare(other, INES).outcome == "different"


def test_the_record_alone_is_certain():
    assert match_keys(INES) == ()
    assert [(each.kind, each.value) for each in identities(INES)] == [("record", "apollo:7")]


def test_reason_travels_with_the_record():
    aside = set_aside(INES, Reason.BELOW_GRADE, "Grade C | at best")

    kept = Candidate.from_json(aside.to_json())

    assert why_aside(kept) == (Reason.BELOW_GRADE, "Grade C | at best")
    assert kept.is_unbought
    assert kept.is_sample


def test_last_reason_counts():
    aside = set_aside(set_aside(INES, Reason.LIMIT_REACHED, "Full"), Reason.SOURCE_ERROR, "Cut")

    assert why_aside(aside) == (Reason.SOURCE_ERROR, "Cut")


def test_nobody_said_why():
    assert why_aside(INES) is why_aside(bought(INES)) is why_aside(WHOLE) is None
    assert bought(INES) == SHOWN
