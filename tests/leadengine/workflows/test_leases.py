"""Claiming long work: one worker a row, fair between workspaces, back by itself when the worker dies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows import leases
from leadengine.workflows.leases import LEASE, MAX_STALLS
from leads.models import Lane
from tests.factories import people, runs

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOW = timezone.now()


def lane(of=None, **fields) -> Lane:
    return runs.lane(runs.run(of or people.workspace()), due_at=NOW - timedelta(seconds=1), **fields)


def claim(at=NOW) -> Lane | None:
    return leases.claim(Lane, now=at)


def test_claimed_row_is_nobody_elses_until_its_lease_ends():
    row = lane()

    assert claim() == row
    assert claim() is None
    assert claim(NOW + LEASE - timedelta(milliseconds=1)) is None


def test_row_of_a_dead_worker_falls_due_with_its_lease_and_counts_a_stall():
    lane()
    first = claim()

    again = claim(NOW + LEASE)

    assert (again.pk, again.stalls, again.epoch) == (first.pk, 1, first.epoch + 1)


def test_row_given_back_is_no_stall():
    lane()
    leases.give_back(claim(), now=NOW)

    assert claim().stalls == 0


def test_row_given_back_with_a_delay_is_due_later():
    lane()
    leases.give_back(claim(), now=NOW, delay=60)

    assert claim(NOW + timedelta(seconds=59)) is None
    assert claim(NOW + timedelta(seconds=60)) is not None


def test_giving_back_a_row_that_another_took_changes_nothing():
    lane()
    lost = claim()
    mine = claim(NOW + LEASE)

    leases.give_back(lost, now=NOW + LEASE)

    mine.refresh_from_db()
    assert mine.claimed


def test_renewed_lease_is_a_whole_one_for_its_worker_alone():
    lane()
    lost = claim()
    mine = claim(NOW + LEASE)

    renewed = [leases.renew(each, now=NOW + 1.5 * LEASE) for each in (lost, mine)]

    assert renewed == [False, True]
    assert claim(NOW + 2.5 * LEASE - timedelta(milliseconds=1)) is None


def test_row_that_lost_its_worker_too_often_is_hopeless():
    assert not leases.is_hopeless(Lane(stalls=MAX_STALLS))
    assert leases.is_hopeless(Lane(stalls=MAX_STALLS + 1))


def test_workspace_with_fewer_busy_workers_comes_first():
    busy, idle = people.workspace(), people.workspace()
    for each in (busy, busy, busy, idle):
        lane(each)

    served = [claim().workspace for _ in range(4)]

    assert served == [busy, idle, busy, busy]


def test_workspace_that_waited_longest_comes_first_when_none_is_busy():
    one, other = people.workspace(), people.workspace()
    for each in (one, one, other):
        lane(each)
    first = claim()
    leases.give_back(first, now=NOW)

    assert (first.workspace, claim().workspace) == (one, other)


@pytest.mark.parametrize("state", ["paused", "done", "stopped", "failed"])
def test_row_at_rest_is_not_claimed(state):
    lane(state=state)

    assert claim() is None


def test_waiting_tells_the_longest_wait_and_whether_anybody_works():
    assert leases.waiting(Lane, now=NOW) == (0.0, False)
    lane()
    assert leases.waiting(Lane, now=NOW) == (1.0, False)

    claim()

    assert leases.waiting(Lane, now=NOW) == (0.0, True)
