"""A new price is a new row, valid from its moment."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from billing.models import AuditEvent, PriceKind
from billing.pricing import prices
from billing.repricing import PriceTaken, set_price
from tests.factories import people

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


def test_price_holds_from_its_moment_and_leaves_the_old_one_before() -> None:
    by = people.user(is_staff=True)

    set_price(PriceKind.DELIVERY, Decimal("1.50"), valid_from=LATER, by=by, now=NOW)

    assert [prices(at).of(PriceKind.DELIVERY) for at in (NOW, LATER)] == [Decimal("1.00"), Decimal("1.50")]
    assert AuditEvent.objects.get(verb="price.set").after["amount"] == "1.50"


def test_second_price_from_the_same_moment_is_refused() -> None:
    set_price(PriceKind.DELIVERY, Decimal("1.50"), valid_from=LATER, by=None, now=NOW)

    with pytest.raises(PriceTaken, match="starts at that moment already"):
        set_price(PriceKind.DELIVERY, Decimal("2.00"), valid_from=LATER, by=None, now=NOW)
