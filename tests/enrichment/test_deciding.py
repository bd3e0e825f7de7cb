"""Our own verdict and the opinions of providers as one verdict."""

from datetime import UTC, datetime, timedelta

import pytest

from enrichment.deciding import Note, decided
from enrichment.providers.contract import Opinion
from enrichment.verdict import EmailVerdict, Reason

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(days=2)


@pytest.mark.parametrize(("is_kept", "checked_at"), [(True, BEFORE), (False, NOW)], ids=["kept", "asked anew"])
def test_only_what_was_asked_anew_counts_as_checked_now(is_kept: bool, checked_at: datetime) -> None:
    ours = EmailVerdict("risky", Reason.ACCEPT_ALL, normalized="ada@acme.example", checked_at=BEFORE)
    opinion = Opinion(status="deliverable", reason=Reason.VERIFIER_CONFIRMED, said="valid")

    found = decided(ours, [Note("zerobounce", "ZeroBounce", BEFORE, opinion, is_kept=is_kept)], now=NOW)

    assert (found.status, found.checked_at) == ("deliverable", checked_at)
