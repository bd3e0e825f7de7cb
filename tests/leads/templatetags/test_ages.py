"""Ages in few letters."""

import pytest

from leads.templatetags.ages import short_age

DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (DAY, "1 d"),
        (59 * DAY, "59 d"),
        (60 * DAY, "2 mo"),
        (364 * DAY, "12 mo"),
        (365 * DAY, "1 y"),
        (800 * DAY, "2 y"),
    ],
)
def test_age_takes_the_largest_unit_that_says_enough(seconds, text):
    assert short_age(seconds) == text
