"""Numbers and ages in a query."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.query import ranges

NOW = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("50-200", (50, 200)),
        ("50..200", (50, 200)),
        ("200-50", (50, 200)),
        ("50+", (50, None)),
        (">=70", (70, None)),
        (">70", (71, None)),
        ("<50", (None, 49)),
        ("<=50", (None, 50)),
        ("100", (100, 100)),
        ("many", None),
        (">50+", None),
        ("-5", None),
        ("99999999999", None),
    ],
)
def test_numbers_are_read(text, bounds):
    assert ranges.numbers(text) == bounds


@pytest.mark.parametrize("text", ["50-200", ">=70", "<=50", "100"])
def test_numbers_are_written_as_they_are_read(text):
    bounds = ranges.numbers(text)

    assert bounds
    assert ranges.write_numbers(*bounds) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<30d", "<30d"),
        ("30D", "<30d"),
        (">=2w", ">2w"),
        ("2026-05-01", "2026-05-01"),
        (">=2026-05-01", ">=2026-05-01"),
        ("2026-05-31..2026-05-01", "2026-05-01..2026-05-31"),
        ("2026-02-30", None),
        ("yesterday", None),
        ("0001-01-01", None),
    ],
)
def test_age_is_read(text, written):
    assert ranges.read_age(text) == written


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("<12h", (NOW - timedelta(hours=12), None)),
        (">2w", (None, NOW - timedelta(weeks=2))),
        ("2026-05-01", (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC))),
        (">=2026-05-01", (datetime(2026, 5, 1, tzinfo=UTC), None)),
        ("<=2026-05-01", (None, datetime(2026, 5, 2, tzinfo=UTC))),
        ("2026-05-01..2026-05-03", (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC))),
    ],
)
def test_age_is_a_span_of_time(text, times):
    assert ranges.age(text, NOW) == times
