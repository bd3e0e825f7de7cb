"""The steps of a run lose what the exclusion ledger says, and end at what was delivered."""

import pytest

from leadengine.workflows.funnel import STEPS, funnel
from leads.models import Reason

RUNS = {
    "nothing found": (0, {}, [0, 0, 0, 0]),
    "everybody delivered": (5, {}, [5, 5, 5, 5]),
    "doubles and low grades": (6, {"duplicate_in_run": 1, "below_grade": 2}, [6, 5, 5, 3]),
    "known and over the limit": (9, {"already_known": 4, "limit_reached": 3, "source_error": 1}, [9, 8, 4, 1]),
}


@pytest.mark.parametrize(("found", "excluded", "numbers"), RUNS.values(), ids=RUNS)
def test_each_step_is_the_last_one_less_its_losses(found, excluded, numbers):
    assert [step.number for step in funnel(found, excluded)] == numbers


@pytest.mark.parametrize(
    ("excluded", "why"),
    [
        pytest.param({"limit_reached": 3}, "more than you asked for", id="one reason"),
        pytest.param(
            {"below_grade": 1, "limit_reached": 3},
            "below your lowest grade or more than you asked for",
            id="two reasons",
        ),
        pytest.param({}, "", id="nobody lost"),
    ],
)
def test_last_step_tells_only_the_reasons_that_occurred(excluded, why):
    assert funnel(9, excluded)[-1].why == why


def test_every_reason_belongs_to_exactly_one_step():
    reasons = [reason for _, lost in STEPS for reason in lost]

    assert sorted(reasons) == sorted(Reason.values)
