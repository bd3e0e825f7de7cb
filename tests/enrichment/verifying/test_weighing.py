"""Each published weight moves the score; confidence fades with age and knows nothing of the score."""

from datetime import UTC, datetime, timedelta

import pytest

from enrichment.verdict import STATUS_OF, Reason
from enrichment.verifying.weighing import CONFIDENCE, START, WEIGHTS, confidence_of, score_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("fact", WEIGHTS)
def test_weight_moves_the_score(fact):
    plain, moved = (score_of("risky", "accept_all", facts) for facts in ((), (fact,)))

    assert moved - plain == max(WEIGHTS[fact], -plain)


@pytest.mark.parametrize(
    ("status", "reason", "score"),
    [
        ("deliverable", "mailbox_accepted", 95), ("risky", "accept_all", 55), ("risky", "provider_unverifiable", 50),
        ("unknown", "greylisted", 40), ("risky", "mailbox_full", 30), ("undeliverable", "null_mx", 0),
    ],
)  # fmt: skip
def test_score_starts_by_what_was_found(status, reason, score):
    assert score_of(status, reason, ()) == score


@pytest.mark.parametrize("facts", [WEIGHTS, [fact for fact in WEIGHTS if WEIGHTS[fact] > 0], ["disposable"]])
def test_score_stays_between_0_and_100_and_at_0_for_the_undeliverable(facts):
    assert 0 <= score_of("deliverable", "mailbox_accepted", facts) <= 100
    assert score_of("undeliverable", "mailbox_not_found", facts) == 0


def test_pattern_counts_only_where_everybody_is_accepted():
    assert score_of("unknown", "greylisted", ["pattern_confirmed"]) == START["unknown"]


def test_confidence_is_halved_each_90_days():
    fresh = confidence_of("mailbox_accepted", checked_at=NOON, now=NOON)
    old = confidence_of("mailbox_accepted", checked_at=NOON, now=NOON + timedelta(days=90))

    assert old == pytest.approx(fresh / 2, abs=0.001)


def test_each_definite_reason_has_its_confidence():
    assert {reason for reason in Reason if STATUS_OF[reason] != "unknown"} == set(CONFIDENCE)
