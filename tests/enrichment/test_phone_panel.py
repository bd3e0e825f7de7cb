"""A number's panel says in a sentence whether it is an hour to call, and only what is known of the number."""

from datetime import UTC, datetime

import pytest

from enrichment.checks.call_hours import call_hours
from enrichment.phone_panel import hours_in_words, phone_panel

TUESDAY, SATURDAY = datetime(2026, 3, 3, 10, 5, tzinfo=UTC), datetime(2026, 3, 7, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zones", "now", "said"),
    [
        pytest.param(["Europe/Berlin"], TUESDAY, "It is 11:05 there, within office hours.", id="open"),
        pytest.param(
            ["Europe/Berlin"], SATURDAY,
            "It is 11:05 there, outside office hours; they begin on Monday at 09:00.", id="closed",
        ),
        pytest.param(
            ["America/New_York", "Europe/Berlin"], TUESDAY, "It is 05:05 to 11:05 there, in part outside office hours.",
            id="in one of its zones",
        ),
        pytest.param(
            ["Europe/Moscow", "Asia/Kamchatka"], TUESDAY.replace(hour=20, minute=0),
            "It is 23:00 to 08:00 there, outside office hours.", id="over midnight",
        ),
        pytest.param([], TUESDAY, "", id="no zone"),
    ],
)  # fmt: skip
def test_hours_are_told_in_a_sentence(zones, now, said):
    assert hours_in_words(call_hours(zones, now)) == said


def test_number_without_country_code_is_read_by_the_persons_or_companys_country():
    panel = phone_panel("030 901820", ("", "de"), TUESDAY)

    facts = dict(panel.facts)
    assert (facts["From abroad"], facts["Kind"], facts["Verdict"]) == ("+49 30 901820", "Landline", "Valid")
    assert "Range first given to" not in facts
