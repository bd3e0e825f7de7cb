"""When schedules are due, daylight saving included."""

from datetime import UTC, datetime

import pytest

from leads.timing import Rhythm

MADRID, NEW_YORK = "Europe/Madrid", "America/New_York"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = [
    pytest.param(Rhythm("daily", 7), "2026-11-25T06:59", "2026-11-25T07:00", id="later today"),
    pytest.param(Rhythm("daily", 7), "2026-11-25T07:00", "2026-11-26T07:00", id="not the same moment again"),
    pytest.param(Rhythm("daily", 7, zone=MADRID), "2026-11-25T00:00", "2026-11-25T06:00", id="winter in Madrid"),
    pytest.param(Rhythm("daily", 7, zone=MADRID), "2026-07-01T00:00", "2026-07-01T05:00", id="summer in Madrid"),
    pytest.param(Rhythm("daily", 22, zone=NEW_YORK), "2026-11-25T02:30", "2026-11-25T03:00", id="yesterday over there"),
    pytest.param(Rhythm("daily", 2, zone=MADRID), "2026-03-28T12:00", "2026-03-29T01:00", id="an hour that is skipped"),
    pytest.param(
        Rhythm("daily", 2, zone=MADRID), "2026-10-25T00:30", "2026-10-26T01:00", id="an hour twice, acted once"
    ),
    pytest.param(Rhythm("weekly", 7, weekday=0), "2026-11-25T00:00", "2026-11-30T07:00", id="next Monday"),
    pytest.param(Rhythm("weekly", 7, weekday=2), "2026-11-25T08:00", "2026-12-02T07:00", id="in a week"),
    pytest.param(Rhythm("monthly", 7, monthday=28), "2027-02-28T08:00", "2027-03-28T07:00", id="each month has it"),
    pytest.param(Rhythm("monthly", 7, monthday=1), "2026-12-01T07:00", "2027-01-01T07:00", id="next year"),
]


@pytest.mark.parametrize(("rhythm", "moment", "expected"), CASES)
def test_next_time_is_the_first_after_the_moment(rhythm, moment, expected):
    assert rhythm.after(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("rhythm", "moment", "expected"),
    [
        pytest.param(Rhythm("daily", 7), "2026-11-02T00:00", "2026-12-01T07:00", id="daily"),
        pytest.param(Rhythm("monthly", 7, monthday=28), "2026-11-02T00:00", "2026-12-28T07:00", id="monthly"),
        pytest.param(Rhythm("monthly", 7, monthday=28), "2026-01-01T00:00", "2026-02-28T07:00", id="far ahead"),
        pytest.param(Rhythm("daily", 0, zone=MADRID), "2026-11-30T22:30", "2026-11-30T23:00", id="the zone's month"),
    ],
)
def test_next_month_is_that_of_the_zone(rhythm, moment, expected):
    assert rhythm.in_next_month(at(moment)) == at(expected)


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm("daily", 7), "Daily at 07:00"),
        (Rhythm("weekly", 18, weekday=4), "Weekly on Friday at 18:00"),
        (Rhythm("monthly", 0, monthday=3), "Monthly on day 3 at 00:00"),
    ],
)
def test_rhythm_in_words(rhythm, words):
    assert rhythm.words() == words
