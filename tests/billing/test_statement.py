"""Read models of the credits page, on a ledger with a grant, a hold, charges and a reversal."""

from datetime import UTC, datetime
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
        ("hold", -40, 100),
        ("capture", -3, 97),
        ("capture", -2, 95),
        ("reverse", 2, 97),
        ("release", 35, 97),
        ("hold", -1, 97),
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


def test_statement_takes_a_fixed_number_of_queries(story, django_assert_num_queries) -> None:
    workspace, _ = story
    page = list(statement.entries(workspace))

    with django_assert_num_queries(3):
        statement.ledger_lines(workspace, page)


def test_what_can_be_spent_adds_up(story) -> None:
    workspace, _ = story

    lines = statement.ledger_lines(workspace, list(statement.entries(workspace)))

    assert sum(line.available for line in lines) == ledger.balance(workspace).available
    assert [line.available for line in reversed(lines)] == [100, -40, 0, 0, 2, 35, -1, 0]
