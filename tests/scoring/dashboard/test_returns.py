"""What comes back: pipeline, win rate and cost as one number, and none where it would be made up."""

from datetime import date
from decimal import Decimal

import pytest

from scoring.dashboard.asked import Asked
from scoring.dashboard.period import PERIODS
from scoring.dashboard.returns import Line
from scoring.dashboard.wording import interval
from scoring.dashboard.worth import UsualDeal, Worth

USUAL = UsualDeal("EUR", 3, Decimal(500))
WORTH = Worth(leads=20, taken=6, valued=2, foreign=1, value=Decimal(1_000), won=10, lost=30)


def line(worth: Worth = WORTH, cost: int = 50, price: str | None = "2", usual: UsualDeal = USUAL) -> Line:
    asked = Asked(PERIODS["w"], date(2026, 11, 26), price=Decimal(price) if price else None)
    return Line("All", worth, Decimal(cost), asked, usual)


def test_pipeline_counts_a_lead_without_a_value_as_a_usual_deal_and_no_other_currency():
    assert line().pipeline == 1_000 + 3 * 500


def test_return_is_pipeline_times_win_rate_less_cost_by_cost():
    assert line().roi == (2_500 * Decimal("0.25") - 100) / 100
    assert line().roi_said == "5.2×"


@pytest.mark.parametrize(
    "given",
    [{"price": None}, {"cost": 0}, {"worth": WORTH._replace(won=29, lost=0)}],
    ids=["no price of a credit", "nothing paid", "too few closed"],
)
def test_no_return_is_made_up(given):
    assert (line(**given).roi, line(**given).roi_said) == (None, "too few" if "worth" in given else "–")


def test_pipeline_without_any_won_deal_is_what_is_written_at_the_leads():
    assert line(usual=UsualDeal()).pipeline == 1_000


@pytest.mark.parametrize(
    ("part", "whole", "span"), [(0, 30, (0, 11)), (15, 30, (33, 67)), (30, 30, (89, 100))], ids=["none", "half", "all"]
)
def test_interval_stays_within_all_and_nothing(part, whole, span):
    assert interval(part, whole) == span
