"""The stamp of a visit: what is new since when."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.visits import Stamp, stamped

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
YESTERDAY, HOUR = NOW - timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        pytest.param("", None, id="first visit"),
        pytest.param("nonsense", None, id="no stamp"),
        pytest.param(Stamp(None, NOW + HOUR).text, None, id="from the future"),
        pytest.param(Stamp(None, YESTERDAY).text, YESTERDAY, id="a new visit"),
        pytest.param(Stamp(YESTERDAY, NOW - HOUR).text, YESTERDAY, id="the same visit goes on"),
        pytest.param(Stamp(None, NOW - HOUR).text, None, id="the first visit goes on"),
    ],
)
def test_new_is_what_came_since_the_visit_before(text, before):
    assert stamped(text, NOW) == Stamp(before, NOW)
