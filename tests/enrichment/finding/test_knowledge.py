"""What is known of addresses elsewhere moves the score, and only by its rule."""

import pytest

from enrichment.finding.knowledge import Knowledge, is_pattern_confirmed
from enrichment.finding.patterns import Known, Person
from enrichment.verdict import EmailVerdict
from enrichment.verifying.assembling import lifted

ADA = Person("Ada", "Byron")
GRACE, ALAN = Known(Person("Grace", "Hopper"), "grace.hopper"), Known(Person("Alan", "Turing"), "alan.turing")


@pytest.mark.parametrize(
    ("local", "known", "expected"),
    [
        ("ada.byron", (GRACE, ALAN), True),
        ("abyron", (GRACE, ALAN), False),
        ("ada.byron", (GRACE,), False),
        ("ada.byron", (GRACE, Known(ADA, "ada.byron")), False),
        ("ada.byron", (), False),
    ],
    ids=["built like two", "built otherwise", "one is too few", "itself does not count", "nobody known"],
)
def test_pattern_is_confirmed_by_two_others(local, known, expected):
    assert is_pattern_confirmed(known, ADA, local) is expected


def test_two_files_give_the_facts_of_an_address():
    known = ["email,first,last", "grace.hopper@acme.com,Grace,Hopper", "alan.turing@acme.com,Alan,Turing"]

    found = Knowledge.of(known=known, seen_on_site=["ada.byron@acme.com", "INFO@other.com"])

    assert found.facts_of("Ada.Byron@acme.com") == {"seen_on_site", "pattern_confirmed"}
    assert found.facts_of("info@other.com") == {"seen_on_site"}
    assert found.facts_of("abyron@acme.com") == frozenset()


@pytest.mark.parametrize(
    ("status", "reason", "score", "facts", "expected"),
    [
        ("risky", "accept_all", 55, {"pattern_confirmed"}, 65),
        ("risky", "accept_all", 55, {"pattern_confirmed", "seen_on_site"}, 80),
        ("unknown", "greylisted", 40, {"pattern_confirmed"}, 40),
        ("deliverable", "mailbox_accepted", 95, {"seen_on_site"}, 100),
        ("undeliverable", "mailbox_not_found", 0, {"seen_on_site"}, 0),
    ],
)
def test_facts_lift_the_score_and_leave_the_status(status, reason, score, facts, expected):
    found = lifted(EmailVerdict(status, reason, score=score), facts)

    assert (found.score, found.status, found.evidence["known"]) == (expected, status, sorted(facts))
