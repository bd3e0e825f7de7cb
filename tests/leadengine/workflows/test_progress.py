"""How far a run is: time left only where it can be told, what came since the last look, and ever calmer polling."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.progress import LATEST, run_progress
from tests.factories import runs

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ago(seconds: float):
    return NOW - timedelta(seconds=seconds)


def running(*, began: float = 100, leads_ago: tuple[float, ...] = (), most: int = 10, **fields):
    """A run that began so many seconds ago and delivered leads at these times."""
    given = {"state": "running", "started_at": ago(began), "created_at": ago(began)} | fields
    run = runs.run(most_leads=most, delivered=len(leads_ago), found=len(leads_ago), **given)
    lane = runs.lane(run, state="running", claimed=True, found=len(leads_ago), delivered=len(leads_ago))
    for seconds in leads_ago:
        runs.delivery(lane, delivered_at=ago(seconds))
    return run


PACES = {
    "five in 100 s, five to come": ({"leads_ago": (1, 20, 40, 60, 80)}, 100),
    "no lead yet": ({}, None),
    "none for a long time": ({"began": 2_000, "leads_ago": (1_900, 1_950)}, None),
    "slow but steady": ({"began": 2_000, "leads_ago": (300, 1_300)}, 8_000),
    "resting": ({"leads_ago": (1,), "state": "paused"}, None),
}


@pytest.mark.parametrize(("run", "left"), PACES.values(), ids=PACES)
def test_time_left_is_told_only_where_the_pace_tells_it(run, left):
    assert run_progress(running(**run), now=NOW).seconds_left == left


@pytest.mark.parametrize(
    ("began", "state", "seconds"),
    [(10, "running", 2), (300, "running", 5), (3_600, "running", 15), (10, "paused", 15), (10, "finished", None)],
    ids=["fresh", "after minutes", "after an hour", "paused", "ended"],
)
def test_who_waits_long_is_asked_less_often(began, state, seconds):
    assert run_progress(running(began=began, state=state), now=NOW).poll_seconds == seconds


def test_only_what_came_since_the_last_look_is_fresh():
    arrivals = run_progress(running(leads_ago=(1, 30)), now=NOW).arrivals

    assert [each.is_fresh for each in arrivals] == [True, False]


def test_newest_leads_come_first_and_are_cut():
    run = running(leads_ago=tuple(range(LATEST + 5)), most=100)

    assert len(run_progress(run, now=NOW).arrivals) == LATEST


@pytest.mark.parametrize(("delivered", "quarter"), [(0, 0), (2, 0), (3, 1), (5, 2), (9, 3)])
def test_quarters_are_announced(delivered, quarter):
    run = running(leads_ago=tuple(range(delivered)))

    assert run_progress(run, now=NOW).quarter == quarter


def test_what_is_in_flight_is_counted_by_the_sources_at_work():
    run = running()
    runs.lane(run, source="file", state="running")

    assert run_progress(run, now=NOW).in_flight == 1
