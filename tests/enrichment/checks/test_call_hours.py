"""Office hours are those of the place called, summer time included."""

from datetime import UTC, datetime

import pytest

from enrichment.checks.call_hours import call_hours


@pytest.mark.parametrize(
    ("zones", "now", "expected"),
    [
        pytest.param(["Europe/Berlin"], datetime(2026, 11, 3, 8, 0, tzinfo=UTC), True, id="nine in Berlin, winter"),
        pytest.param(["Europe/Berlin"], datetime(2026, 7, 7, 7, 0, tzinfo=UTC), True, id="nine in Berlin, summer"),
        pytest.param(["Europe/Berlin"], datetime(2026, 11, 3, 7, 0, tzinfo=UTC), False, id="eight in Berlin, winter"),
        pytest.param(["Europe/Berlin"], datetime(2026, 11, 3, 16, 0, tzinfo=UTC), False, id="five is too late"),
        pytest.param(["Europe/Berlin"], datetime(2026, 11, 7, 10, 0, tzinfo=UTC), False, id="Saturday"),
        pytest.param(["Asia/Kolkata"], datetime(2026, 11, 3, 3, 30, tzinfo=UTC), True, id="half hours"),
        pytest.param(
            ["America/New_York", "America/Los_Angeles"], datetime(2026, 11, 3, 15, 0, tzinfo=UTC), None, id="in one"
        ),
        pytest.param([], datetime(2026, 11, 3, 15, 0, tzinfo=UTC), None, id="no zone"),
        pytest.param(["Mars/Base"], datetime(2026, 11, 3, 15, 0, tzinfo=UTC), None, id="no such zone"),
    ],
)
def test_open(zones, now, expected):
    assert call_hours(zones, now).is_open is expected


def test_the_next_hour_in_all_zones_is_told():
    friday_evening = datetime(2026, 11, 6, 23, 0, tzinfo=UTC)

    found = call_hours(["America/New_York", "America/Los_Angeles"], friday_evening)

    assert found.opens_at == datetime(2026, 11, 9, 17, 0, tzinfo=UTC)


def test_zones_that_are_never_at_work_together_have_no_hour():
    assert call_hours(["Asia/Tokyo", "America/New_York"], datetime(2026, 11, 3, 15, 0, tzinfo=UTC)).opens_at is None
