"""Which of two observations of one thing is used: authority, then confidence, then age (product.md, "Evidence")."""

from __future__ import annotations

from datetime import datetime

from leads.merging import Observation
from leads.models import Authority, Evidence

Rank = tuple[bool, int, float, float, str, str]  # the smaller, the better


def authority(source: str) -> int:
    """The customer's own file stands above a provider; a guess below."""
    named = {"file": Authority.FILE, "guess": Authority.GUESS}
    return named.get(source.partition(":")[0], Authority.PROVIDER)


def rank_of(seen: Observation, value: object, *, asked_at: datetime, is_own: bool = True) -> Rank:
    """The rank of what a source says now. What it does not date was observed when it was asked."""
    observed_at = seen.observed_at or asked_at
    return rank(authority(seen.source), seen.confidence, observed_at, seen.source, value, is_own=is_own)


def rank_of_row(row: Evidence, value: object, *, is_own: bool = True) -> Rank:
    """The rank of what is stored."""
    return rank(row.authority, row.confidence, row.observed_at, row.source, value, is_own=is_own)


def rank(
    authority: int, confidence: float, observed_at: datetime, source: str, value: object, *, is_own: bool = True
) -> Rank:
    """`is_own` is False for what only stands in for the thing itself, as a company's number does for a person's.

    Source and value come last and mean nothing: they make the order total, so that the order of arrival never decides.
    """
    return (not is_own, -authority, -confidence, -observed_at.timestamp(), source, repr(value))
