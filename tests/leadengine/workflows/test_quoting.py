"""The quote: at most is a ceiling that the dearest mixture cannot pass, expected is by what each source has."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.pricing import PriceList
from leadengine.workflows.briefs import Brief
from leadengine.workflows.quoting import free_of_known, price
from leads.criteria import Criteria
from leads.sources.base import Count

PRICES = PriceList({("delivery", "directory"): Decimal("1.50"), ("delivery", "file"): Decimal("0.00")})


def quote(directory: int, file: int, *, leads: int, credits: str | None = None, is_capped: bool = False):
    brief = Brief(
        criteria=Criteria(),
        sources=("directory", "file"),
        most_leads=leads,
        most_credits=None if credits is None else Decimal(credits),
    )
    return price(brief, {"directory": Count(directory, is_capped), "file": Count(file)}, PRICES)


@pytest.mark.parametrize(
    ("directory", "file", "leads", "credits", "at_most", "expected"),
    [
        pytest.param(100, 0, 10, None, "15.00", "15.00", id="one-source"),
        pytest.param(4, 0, 10, None, "6.00", "6.00", id="no-more-than-there-are"),
        pytest.param(100, 100, 10, None, "15.00", "0.00", id="what-is-free-comes-first"),
        pytest.param(100, 4, 10, None, "15.00", "9.00", id="a-part-of-it-free"),
        pytest.param(100, 0, 10, "10.00", "9.00", "9.00", id="whole-leads-within-the-budget"),
        pytest.param(100, 0, 10, "0.00", "0.00", "0.00", id="nothing-to-spend"),
        pytest.param(0, 50, 10, None, "0.00", "0.00", id="free-source"),
    ],
)
def test_price(directory, file, leads, credits, at_most, expected):
    quoted = quote(directory, file, leads=leads, credits=credits)

    assert (quoted.at_most, quoted.expected) == (Decimal(at_most), Decimal(expected))


@pytest.mark.parametrize(("new", "expected"), [(100, "15.00"), (40, "6.00"), (0, "0.00")])
def test_known_leads_are_expected_to_cost_nothing(new, expected):
    quoted = free_of_known(quote(100, 0, leads=10), {"directory": Count(100)}, {"directory": Count(new)})

    assert (quoted.at_most, quoted.expected) == (Decimal("15.00"), Decimal(expected))


def test_capped_count_does_not_limit():
    assert quote(5, 0, leads=10, is_capped=True).at_most == Decimal("15.00")


@given(directory=st.integers(0, 500), file=st.integers(0, 500), leads=st.integers(1, 300), cents=st.integers(0, 50_000))
def test_quote_never_passes_what_was_asked_for(directory, file, leads, cents):
    credits = Decimal(cents) / 100

    quoted = quote(directory, file, leads=leads, credits=str(credits))

    assert quoted.expected <= quoted.at_most <= credits
    assert sum(line.quantity_at_most for line in quoted.lines) <= leads
