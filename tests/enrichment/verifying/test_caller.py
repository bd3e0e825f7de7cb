"""The name that nobody has."""

import re
from datetime import UTC, datetime, timedelta

from enrichment.checks.mailboxes import is_gibberish
from enrichment.verifying.caller import NAME_SECONDS, Caller

CALLER = Caller("probe.example.com", "probe@example.com", secret="a")
BEGIN = datetime.fromtimestamp(2900 * NAME_SECONDS, UTC)  # of a week


def names(*places, caller=CALLER):
    return {caller.stranger_at(domain, BEGIN + timedelta(days=days)) for domain, days in places}


def test_stranger_keeps_its_name_for_a_week():
    assert len(names(("acme.com", 0), ("acme.com", 6.9))) == 1


def test_stranger_has_another_name_at_each_domain_in_each_week_and_for_each_secret():
    own = names(("acme.com", 0), ("brick.com", 0), ("acme.com", 7))
    others = names(("acme.com", 0), caller=Caller("probe.example.com", "probe@example.com", secret="b"))

    assert len(own | others) == 4


def test_stranger_could_be_somebody():
    found = names(*((f"acme{number}.com", 0) for number in range(200)))

    assert len(found) == 200
    assert all(re.fullmatch(r"[a-z]{4}\.[a-z]{6}@acme\d+\.com", email) for email in found)
    assert not any(is_gibberish(email.partition("@")[0]) for email in found)
