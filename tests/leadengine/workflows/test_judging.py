"""Half-known people are never delivered, however well their company can be reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leadengine.workflows.judging import MOST_COMPARED, check, nearest
from leads.criteria import Criteria
from leads.models import Reason
from leads.prospecting import prospect
from leads.unbought import NOT_BOUGHT, half_known, set_aside
from tests.factories.candidates import person

AT_A_SWITCHBOARD = person("Ines", company="Ostra Pumps", switchboard="+442079460000", company_country="GB")
HALF = half_known(AT_A_SWITCHBOARD)
FULL = set_aside(HALF, Reason.LIMIT_REACHED, "The run was full")
CASES = {
    "not bought": (HALF, {}, Reason.NO_CONTACT, NOT_BOUGHT),
    "no room": (FULL, {}, Reason.LIMIT_REACHED, "The run was full"),
    "no room, and the place is not known": (FULL, {"places": ["DE"]}, Reason.LIMIT_REACHED, "The run was full"),
}


@pytest.mark.parametrize(("candidate", "criteria", "reason", "words"), CASES.values(), ids=CASES)
def test_half_known_person_is_refused_for_the_reason_that_kept_the_rest_away(candidate, criteria, reason, words):
    asked = Criteria.from_json(criteria)

    judged = check(prospect([replace(candidate)], asked), asked)

    assert judged.refusal is not None
    assert (judged.refusal.reason, judged.refusal.detail) == (reason, words)


def test_whole_person_at_the_same_switchboard_is_delivered():
    assert check(prospect([AT_A_SWITCHBOARD], Criteria()), Criteria()).refusal is None


def test_prospect_is_compared_with_the_nearest_of_a_crowd_alone():
    crowd = [(number, [1]) for number in range(100)]
    itself = (100, [1, 2])

    found = nearest([*crowd, itself], {1: [0], 2: [0], 3: [1]})

    assert found == {0: [*range(MOST_COMPARED - 1), 100]}
