"""How likely a mail arrives (score) and how sure a status is (confidence): two tables, published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from enrichment.verdict import EmailStatus, Reason

# Where the score starts: by reason, else by status.
START: dict[str, int] = {
    "deliverable": 95,
    "verifier_confirmed": 90,
    "accept_all": 55,
    "provider_unverifiable": 50,
    "unknown": 40,
    "mailbox_full": 30,
    "risky": 40,
    "undeliverable": 0,
}
# What moves it, each counted once; an undeliverable address stays at 0.
WEIGHTS: dict[str, int] = {
    "dmarc_enforced": 5,
    "spf_valid": 3,
    "pattern_confirmed": 10,
    "seen_on_site": 15,
    "role": -15,
    "disposable": -60,
    "gibberish": -10,
}
ONLY_FOR_ACCEPT_ALL = {"pattern_confirmed"}
# How sure a status is when it is fresh, by reason.
CONFIDENCE: dict[str, float] = {
    Reason.MAILBOX_ACCEPTED: 0.97,
    Reason.MAILBOX_RATE_LIMITED: 0.9,
    Reason.PROVIDER_CONFIRMED: 0.9,
    Reason.VERIFIER_CONFIRMED: 0.9,
    Reason.VERIFIER_DENIED: 0.9,
    Reason.DO_NOT_MAIL: 0.7,
    Reason.SYNTAX_INVALID: 0.99,
    Reason.DOMAIN_RESERVED: 0.99,
    Reason.DOMAIN_NOT_FOUND: 0.98,
    Reason.NULL_MX: 0.99,
    Reason.NO_MAIL_ROUTE: 0.97,
    Reason.MX_UNRESOLVABLE: 0.85,
    Reason.MAILBOX_NOT_FOUND: 0.97,
    Reason.MAILBOX_DISABLED: 0.95,
    Reason.MAILBOX_MOVED: 0.9,
    Reason.ACCEPT_ALL: 0.95,
    Reason.MAILBOX_FULL: 0.9,
    Reason.PROVIDER_UNVERIFIABLE: 0.9,
    Reason.DISPOSABLE: 0.95,
    Reason.SPAMTRAP_SUSPECTED: 0.7,
    Reason.TYPO_SUSPECTED: 0.7,
}
UNSURE = 0.3
HALVED_AFTER_DAYS = 90


def score_of(status: EmailStatus, reason: str, facts: Iterable[str]) -> int:
    """0..100.

    >>> score_of("deliverable", "mailbox_accepted", {"role", "spf_valid"})
    83
    """
    return _score(status, reason, frozenset(facts))


@cache
def _score(status: EmailStatus, reason: str, facts: frozenset[str]) -> int:
    if status == "undeliverable":
        return 0
    found = facts if reason == Reason.ACCEPT_ALL else facts - ONLY_FOR_ACCEPT_ALL
    start = START.get(reason, START[status])
    return max(0, min(100, start + sum(weight for fact, weight in WEIGHTS.items() if fact in found)))


def moved(score: int, status: EmailStatus, reason: str, facts: Iterable[str]) -> int:
    """A score that was given, moved by facts that were not known then."""
    if status == "undeliverable":
        return score
    found = set(facts) if reason == Reason.ACCEPT_ALL else set(facts) - ONLY_FOR_ACCEPT_ALL
    return max(0, min(100, score + sum(WEIGHTS.get(fact, 0) for fact in found)))


def confidence_of(reason: str, *, checked_at: datetime | None = None, now: datetime | None = None) -> float:
    """0..1, halved with each 90 days that the evidence is old."""
    fresh = CONFIDENCE.get(reason, UNSURE)
    if not (checked_at and now):
        return fresh
    days = (now - checked_at).total_seconds() / 86_400
    return round(fresh * 0.5 ** (max(days, 0.0) / HALVED_AFTER_DAYS), 3)
