"""What the last verification of an address leaves to do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from enrichment.models import EmailCheck
from leads.models import EmailStatus, Lead
from scoring.case import KEPT, SPELLING
from scoring.receipt import citations
from tests.factories import verification

NOW = datetime(2026, 12, 1, tzinfo=UTC)
SAID = {"status": "risky", "suggestion": "ada@harbour.example", "expires_at": "2026-12-22T12:00:00+00:00"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "status", "until", "spelling"),
    [
        (SAID, EmailStatus.RISKY, [date(2026, 12, 22)], ["ada@harbour.example"]),
        ({"suggestion": "", "expires_at": None}, EmailStatus.RISKY, [], []),
        (SAID, EmailStatus.DELIVERABLE, [], []),
    ],
)
def test_end_and_spelling_of_the_last_verdict_are_cited(said, status, until, spelling) -> None:
    check = verification.done(verification.lead(verification.workspace()))
    EmailCheck.objects.update(verdict=check.verdict | said)
    Lead.objects.update(email_status=status)

    found = citations(Lead.objects.get(), now=NOW)

    assert [each.on for each in found.get(KEPT, ())] == until
    assert [each.text for each in found.get(SPELLING, ())] == spelling


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minute", "status", "until"),
    [
        (59, "risky", [date(2026, 12, 22)]),
        (60, "risky", []),
        (59, "unknown", [date(2026, 12, 22)]),
        (59, "deliverable", []),
        (59, "undeliverable", []),
    ],
    ids=["before", "expired", "no answer", "clear by now", "clear, and bad"],
)
def test_unclear_verdict_on_the_same_address_of_another_lead_stands_to_the_minute(minute, status, until) -> None:
    checked, other = verification.sharing(verification.workspace())
    check = verification.done(checked)
    EmailCheck.objects.update(verdict=check.verdict | SAID | {"status": status})
    other.email_status = EmailStatus.RISKY

    found = citations(other, now=datetime(2026, 12, 22, 11, tzinfo=UTC) + timedelta(minutes=minute))

    assert [each.on for each in found.get(KEPT, ())] == until
