"""How long a run takes is told by runs that finished, and honestly where there are none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.pace import WITHOUT_HISTORY, Duration, duration, expected_duration
from leads.models import RunState
from tests.factories import people, runs

NOW = timezone.now()


def finished(of, *, delivered=120, seconds=60, **fields):
    """A run that delivered so many leads in so many seconds."""
    times = {"started_at": NOW - timedelta(seconds=seconds), "ended_at": NOW}
    given = {"state": RunState.FINISHED, "delivered": delivered, "most_leads": delivered, "most_credits": delivered}
    return runs.run(of, **given | times | fields)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(0, "less than a minute", id="nothing"),
        pytest.param(59.9, "less than a minute", id="under-a-minute"),
        pytest.param(60, "about 1 minute", id="one-minute"),
        pytest.param(125, "about 2 minutes", id="minutes"),
        pytest.param(3599, "about 1 hour", id="nearly-an-hour"),
        pytest.param(9000, "about 2 hours", id="hours"),
    ],
)
def test_duration_is_told_in_words(seconds, words):
    assert str(Duration(seconds, is_measured=True)) == words


def test_one_slow_run_does_not_move_the_pace():
    times = [(120, NOW - timedelta(seconds=each), NOW) for each in (60, 60, 60_000)]

    assert duration(240, times) == Duration(120, is_measured=True)


def test_run_that_ended_at_once_counts_as_a_second():
    assert duration(100, [(50, NOW, NOW)] * 3) == Duration(2, is_measured=True)


@pytest.mark.django_db
def test_without_finished_runs_a_constant_speaks_and_says_so():
    found = expected_duration(people.workspace(), ["directory"], 500)

    assert found == Duration(500 / WITHOUT_HISTORY, is_measured=False)


@pytest.mark.django_db
def test_own_runs_go_before_those_of_the_server():
    workspace, other = people.workspace(), people.workspace()
    for _ in range(3):
        finished(workspace, seconds=120)
        finished(other, seconds=12)

    assert expected_duration(workspace, ["directory"], 60).seconds == pytest.approx(60)
    assert expected_duration(people.workspace(), ["directory"], 60).is_measured


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"state": RunState.STOPPED}, id="stopped"),
        pytest.param({"delivered": 9}, id="too-few-leads"),
        pytest.param({"sources": ["file"]}, id="another-source"),
    ],
)
def test_runs_that_tell_nothing_are_left_out(odd):
    workspace = people.workspace()
    for _ in range(3):
        finished(workspace, **odd)

    assert not expected_duration(workspace, ["directory"], 100).is_measured
