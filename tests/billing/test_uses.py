"""What credits were used for, on a ledger with a grant, a hold, charges and a reversal."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from billing import ledger
from billing.models import PriceKind
from billing.uses import OUTSIDE_RUNS, uses
from tests.factories import credits, people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
SINCE = date(2026, 11, 1)
RUN = uuid4()


@pytest.fixture
def story():
    """100 granted; of 40 held for a run of Rosa's, 3 + 2 charged, 2 paid back, 35 returned; 1 charged to nobody."""
    workspace = people.workspace(credits=100)
    rosa = people.rep(workspace, user=people.user(first_name="Rosa", last_name="Lindqvist"))
    hold = credits.hold(workspace, 40, by=rosa, run_id=RUN, now=YESTERDAY)
    credits.captured(hold, 3, now=YESTERDAY)
    paid_back = credits.captured(hold, 2, price_kind=PriceKind.PHONE_CHECK, now=NOW)
    ledger.reverse(paid_back, by=people.manager(workspace), key="reverse:1", note="Wrong number", now=NOW)
    ledger.release(hold, key="release:1", now=NOW)
    credits.captured(credits.hold(workspace, 1, now=NOW), 1, now=NOW)
    return workspace, rosa


def test_use_by_day_has_every_day(story) -> None:
    days = uses(story[0], since=SINCE).by_day(3, today=NOW.date())

    assert [(day.label, day.credits) for day in days] == [("20 Nov", 0), ("21 Nov", 3), ("22 Nov", 1)]


def test_use_of_one_member_leaves_out_the_others(story) -> None:
    workspace, rosa = story

    days = uses(workspace, since=SINCE, member_id=rosa.pk).by_day(2, today=NOW.date())

    assert [day.credits for day in days] == [3, 0]


def test_use_by_person_counts_a_reversal_for_whose_charge_it_was(story) -> None:
    found = uses(story[0], since=SINCE).by_person({})

    assert [(use.label, use.credits, use.charges) for use in found] == [("Rosa Lindqvist", 3, 2), ("The system", 1, 1)]


def test_use_by_kind_and_run(story) -> None:
    workspace, rosa = story

    found = uses(workspace, since=SINCE, member_id=rosa.pk)

    kinds = [(use.label, use.credits) for use in found.by_kind()]
    assert kinds == [("New lead delivered", 3), ("Phone line looked up", 0)]
    assert [(use.key, use.credits) for use in found.by_run()] == [(RUN, 3)]


def test_use_by_work_adds_up_whatever_is_shown(story) -> None:
    found = uses(story[0], since=SINCE)

    shown = [[(use.label, use.credits) for use in found.by_work(most)] for most in (5, 0)]

    assert shown == [[("", 3), (OUTSIDE_RUNS, 1)], [("1 other run", 3), (OUTSIDE_RUNS, 1)]]


def test_a_part_of_the_time_is_cut_out_without_asking_again(story, django_assert_num_queries) -> None:
    found = uses(story[0], since=SINCE)

    with django_assert_num_queries(0):
        today = found.since(NOW.date())

    assert (found.total, today.total) == (4, 1)


def test_what_was_paid_back_is_no_further_charge(story) -> None:
    found = uses(story[0], since=SINCE).by_kind()

    assert sum(use.charges for use in found) == 3
