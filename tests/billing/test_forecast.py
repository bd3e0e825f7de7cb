"""How long credits last: told only when there was use enough to tell."""

from datetime import date
from decimal import Decimal

import pytest

from billing.forecast import forecast

TODAY = date(2026, 11, 1)


def told(available: int, *use: float):
    return forecast(Decimal(available), [Decimal(str(each)) for each in use], today=TODAY)


@pytest.mark.parametrize(
    ("available", "use", "lasts_to"),
    [
        (100, [10] * 10, date(2026, 11, 11)),
        (100, [0] * 20 + [10] * 10, date(2026, 11, 11)),
        (100, [10, 0] * 5, date(2026, 11, 21)),
        (0, [10] * 10, TODAY),
        (100, [10] * 4, None),
        (100, [0] * 30, None),
        (100, [], None),
        (100_000, [1] * 10, None),
    ],
    ids=["even", "since the first use", "every other day", "none left", "too few days", "no use", "new", "years"],
)
def test_credits_last_to(available, use, lasts_to):
    assert told(available, *use).lasts_to == lasts_to


def test_too_few_and_far_are_told_apart():
    assert told(100, 1, 1).is_too_few
    assert not told(100, 1, 1).is_far
    assert told(100_000, *[1] * 9).is_far


def test_days_paid_back_do_not_count_as_use():
    found = told(100, 10, -3, 10)

    assert (found.days, found.days_used, found.pace) == (3, 2, Decimal("5.67"))
