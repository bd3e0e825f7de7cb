"""The place in the server's queue, and a queue that nobody works on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.queueing import seconds_without_worker, waiting_before
from tests.factories import runs

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def lane(run=None, *, ago: int = 0, **fields):
    return runs.lane(run, due_at=NOW - timedelta(seconds=ago), **fields)


def test_only_what_waits_longer_for_another_run_is_before():
    mine = lane(ago=10)
    lane(ago=20)
    lane(ago=5)
    lane(ago=30, claimed=True)
    lane(ago=40, state="done")
    lane(mine.run, ago=50, source="file")

    assert waiting_before([mine]) == 1


def test_who_does_not_wait_has_nobody_before(django_assert_num_queries):
    lane(ago=20)
    mine = lane(state="running", claimed=True)

    with django_assert_num_queries(0):
        assert waiting_before([mine]) == 0


@pytest.mark.parametrize(
    ("ago", "state", "seconds"),
    [(5, "queued", 0), (60, "queued", 60), (60, "running", 0)],
    ids=["not long", "a minute", "begun"],
)
def test_a_queue_without_a_worker_is_told(ago, state, seconds):
    run = runs.run(state=state, created_at=NOW - timedelta(seconds=ago))
    lane(run)

    assert seconds_without_worker(run, now=NOW) == seconds


def test_a_busy_worker_is_a_worker():
    run = runs.run(created_at=NOW - timedelta(seconds=60))
    lane(claimed=True, state="running", ago=-20)

    assert seconds_without_worker(run, now=NOW) == 0
