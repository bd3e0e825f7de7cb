"""The periods of the dashboard: as many days before, and columns that end today."""

from datetime import date
from itertools import pairwise

import pytest

from scoring.dashboard.period import PERIODS, Span

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("key", list(PERIODS))
def test_period_ends_today_and_the_one_before_meets_it_with_as_many_days(key):
    now, before = PERIODS[key].of(TODAY), PERIODS[key].before(TODAY)

    assert now.last == TODAY
    assert (now.first - before.last).days == 1
    assert now.last - now.first == before.last - before.first


@pytest.mark.parametrize("key", list(PERIODS))
def test_columns_are_whole_days_without_a_gap_and_cover_the_period(key):
    steps = PERIODS[key].steps(TODAY)

    assert steps[-1].last == TODAY
    assert all((later.first - each.last).days == 1 for each, later in pairwise(steps))
    assert steps[0].first <= PERIODS[key].of(TODAY).first
    assert PERIODS[key].reach(TODAY).has(PERIODS[key].before(TODAY).first)


@pytest.mark.parametrize(
    ("first", "last", "text", "said"),
    [
        (date(2026, 11, 26), TODAY, "2026-11-26", "26 Nov 2026"),
        (date(2026, 11, 20), TODAY, "2026-11-20..2026-11-26", "20 to 26 Nov 2026"),
        (date(2026, 8, 28), TODAY, "2026-08-28..2026-11-26", "28 Aug to 26 Nov 2026"),
        (date(2025, 11, 28), TODAY, "2025-11-28..2026-11-26", "28 Nov 2025 to 26 Nov 2026"),
    ],
    ids=["day", "month", "months", "years"],
)
def test_span_is_said_as_short_as_it_is_clear(first, last, text, said):
    assert (Span(first, last).text, Span(first, last).said) == (text, said)
