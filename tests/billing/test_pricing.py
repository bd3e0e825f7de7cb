"""Prices by date and source, and quotes that add up and survive their JSON."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.models import Price, PriceKind
from billing.pricing import FIRST_PRICES, PriceList, Quote, QuoteLine, UnknownPrice, prices, seed_prices

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DELIVERY = PriceKind.DELIVERY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "source", "amount"),
    [(DELIVERY, "directory", "1.00"), (DELIVERY, "file", "0.00"), (PriceKind.EMAIL_CHECK, "", "0.50")],
    ids=["the kind's default", "the source's own", "without a source"],
)
def test_first_prices(kind: str, source: str, amount: str) -> None:
    assert prices(NOW).of(kind, source) == Decimal(amount)


@pytest.mark.django_db
def test_newest_valid_price_counts() -> None:
    Price.objects.create(kind=DELIVERY, source="", amount=2, valid_from=datetime(2026, 11, 1, tzinfo=UTC))
    Price.objects.create(kind=DELIVERY, source="", amount=3, valid_from=datetime(2026, 12, 1, tzinfo=UTC))

    assert prices(NOW).of(DELIVERY) == 2
    assert prices(datetime(2026, 10, 31, tzinfo=UTC)).of(DELIVERY) == 1
    assert prices(datetime(2026, 12, 1, tzinfo=UTC)).of(DELIVERY) == 3


@pytest.mark.django_db
def test_new_default_leaves_a_sources_own_price() -> None:
    Price.objects.create(kind=DELIVERY, source="", amount=2, valid_from=NOW)

    assert prices(NOW).of(DELIVERY, "file") == 0


@pytest.mark.django_db
def test_seeding_again_changes_nothing() -> None:
    seed_prices()

    assert Price.objects.count() == len(FIRST_PRICES)


def test_kind_without_a_price_cannot_be_charged() -> None:
    with pytest.raises(UnknownPrice, match="no price for “delivery”"):
        PriceList({}).of(DELIVERY)


def test_quote_adds_up_its_lines() -> None:
    quote = Quote(
        (
            QuoteLine("New leads", "directory", Decimal("1.00"), 250, 180),
            QuoteLine("E-mails verified", "", Decimal("0.50"), 250, 101),
        )
    )

    assert [line.at_most for line in quote.lines] == [Decimal("250.00"), Decimal("125.00")]
    assert (quote.at_most, quote.expected) == (Decimal("375.00"), Decimal("230.50"))


def test_quote_survives_json() -> None:
    quote = Quote((QuoteLine("New leads", "directory", Decimal("1.25"), 250, 180),))

    assert Quote.from_json(json.loads(json.dumps(quote.to_json()))) == quote


def test_quote_of_nothing_is_free() -> None:
    assert (Quote(()).at_most, Quote(()).expected) == (0, 0)


def line(label: str, price: str, at_most: int, kind: str = DELIVERY) -> QuoteLine:
    return QuoteLine(label, label.lower(), Decimal(price), at_most, 0, kind)


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        ([("Hunter", "1", 9)], [("Hunter", 9)]),
        ([("Hunter", "1", 9), ("GitHub", "1", 0)], [("Hunter and GitHub", 9)]),
        ([(name, "1", 2) for name in ("A", "B", "C", "D")], [("Leads of 4 sources together", 8)]),
        ([("Hunter", "2", 9), ("GitHub", "1", 1)], [("Hunter", 9), ("GitHub", 1)]),
        (
            [("Hunter", "1", 9), ("E-mail verified", "1", 9, PriceKind.EMAIL_CHECK)],
            [("Hunter", 9), ("E-mail verified", 9)],
        ),
    ],
    ids=["one", "two of one price", "four of one price", "two prices", "another kind"],
)
def test_sources_of_one_price_are_one_item_of_the_bill(lines: list, items: list) -> None:
    quote = Quote(tuple(line(*each) for each in lines))

    assert [(each.label, each.quantity_at_most) for each in quote.items] == items
    assert sum(each.at_most for each in quote.items) == quote.at_most
