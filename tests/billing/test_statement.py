"""Read models of the credits page, on a ledger with a grant, a hold, charges and a reversal."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from billing import ledger, statement
from billing.models import EntryKind, PriceKind
from tests.factories import credits, people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
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


def test_lines_carry_the_balance_after_each(story) -> None:
    workspace, _ = story

    lines = statement.ledger_lines(workspace, list(statement.entries(workspace)))

    told = [(line.entry.kind, line.credits, line.balance) for line in reversed(lines)]
    assert told == [
        ("grant", 100, 100),
        ("hold", 40, 100),
        ("capture", -3, 97),
        ("capture", -2, 95),
        ("reverse", 2, 97),
        ("release", -35, 97),
        ("hold", 1, 97),
        ("capture", -1, 96),
    ]


def test_lines_of_a_later_page_and_one_kind_have_the_same_balances(story) -> None:
    workspace, _ = story

    lines = statement.ledger_lines(workspace, list(statement.entries(workspace, kind=EntryKind.CAPTURE)[1:]))

    assert [(line.credits, line.balance) for line in lines] == [(-2, 95), (-3, 97)]


def test_lines_say_what_and_who(story) -> None:
    workspace, rosa = story

    lines = statement.ledger_lines(workspace, list(statement.entries(workspace, member_id=rosa.pk)))

    told = [(line.what, line.who) for line in lines]
    assert told == [
        ("Phone line looked up", "Rosa Lindqvist"),
        ("New lead delivered", "Rosa Lindqvist"),
        ("Delivery of leads", "Rosa Lindqvist"),
    ]


def test_no_lines_of_an_empty_page() -> None:
    assert statement.ledger_lines(people.workspace(), []) == []


def test_receipt_adds_up(story) -> None:
    receipt = statement.receipt(RUN)

    assert (receipt.held, receipt.captured, receipt.released, receipt.reversed) == (40, 5, 35, 2)
    assert receipt.still_held == 0
    assert sum(line.credits for line in receipt.lines) == receipt.captured
    assert [(line.label, line.quantity, line.credits) for line in receipt.lines] == [
        ("New lead delivered", 1, 3),
        ("Phone line looked up", 1, 2),
    ]


def test_receipt_of_a_run_without_credits_is_zero() -> None:
    receipt = statement.receipt(uuid4())

    assert (receipt.held, receipt.captured, receipt.released, receipt.lines) == (0, 0, 0, ())


def test_use_by_day_has_every_day(story) -> None:
    workspace, _ = story

    days = statement.use_by_day(workspace, days=3, now=NOW)

    assert [(day.label, day.credits) for day in days] == [("20 Nov", 0), ("21 Nov", 3), ("22 Nov", 1)]


def test_use_by_day_of_one_member_leaves_out_the_others(story) -> None:
    workspace, rosa = story

    days = statement.use_by_day(workspace, days=2, member_id=rosa.pk, now=NOW)

    assert [day.credits for day in days] == [3, 0]


def test_use_by_person_counts_a_reversal_for_whose_charge_it_was(story) -> None:
    workspace, _ = story

    people_found = statement.use_by_person(workspace, since=date(2026, 11, 1))

    assert [(use.label, use.credits, use.charges) for use in people_found] == [
        ("Rosa Lindqvist", 3, 3),
        ("The system", 1, 1),
    ]


def test_use_by_kind_and_run(story) -> None:
    workspace, rosa = story
    since = date(2026, 11, 1)

    kinds = statement.use_by_kind(workspace, since=since, member_id=rosa.pk)
    runs = statement.use_by_run(workspace, since=since)

    assert [(use.label, use.credits) for use in kinds] == [("New lead delivered", 3), ("Phone line looked up", 0)]
    assert [(use.key, use.credits) for use in runs] == [(RUN, 3)]


def test_full_meter_is_the_balance_after_the_last_grant(story) -> None:
    workspace, _ = story
    before = statement.balance_after_last_grant(workspace)
    ledger.grant(workspace, Decimal(50), key="grant:2", by=None)
    credits.captured(credits.hold(workspace, 5), 5)

    after = statement.balance_after_last_grant(workspace)

    assert (before, after) == (100, 146)


def test_full_meter_is_zero_before_the_first_grant() -> None:
    assert statement.balance_after_last_grant(people.workspace()) == 0


def test_statement_takes_a_fixed_number_of_queries(story, django_assert_num_queries) -> None:
    workspace, _ = story
    page = list(statement.entries(workspace))

    with django_assert_num_queries(4):
        statement.ledger_lines(workspace, page)
