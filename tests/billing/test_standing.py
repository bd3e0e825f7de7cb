"""How a workspace stands after grants, charges and holds."""

from decimal import Decimal

import pytest

from billing import ledger
from billing.standing import Standing, standing
from tests.factories import credits, people

pytestmark = pytest.mark.django_db


def test_full_is_the_balance_after_the_last_grant(django_assert_num_queries) -> None:
    workspace = people.workspace(credits=100)
    credits.captured(credits.hold(workspace, 10), 4)
    ledger.grant(workspace, Decimal(50), key="grant:2", by=None)
    credits.captured(credits.hold(workspace, 5), 5)

    with django_assert_num_queries(1):
        found = standing(workspace)

    assert (found.posted, found.held, found.full, found.available) == (141, 6, 146, 135)


def test_nothing_is_full_before_the_first_grant() -> None:
    found = standing(people.workspace())

    assert (found.full, found.percent, found.is_low) == (0, 0, False)


@pytest.mark.parametrize(
    ("left", "percent", "is_low"), [(20, 20, False), (19, 19, True), (0, 0, True), (150, 100, False)]
)
def test_low_is_under_a_fifth(left: int, percent: int, is_low: bool) -> None:
    found = Standing(Decimal(left), Decimal(0), Decimal(100))

    assert (found.percent, found.is_low) == (percent, is_low)
