"""Whoever is erased leaves no verification behind, and nothing held for one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import ledger
from enrichment.models import EmailCheck, Memory, MemoryKind
from enrichment.remembering import mailbox_key
from leadengine.workflows.erasing import erase, erase_from_records
from leadengine.workflows.retaining import apply_retention
from leads.erasing import no_lead
from leads.models import Lead
from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db

NOW = timezone.now()
EARLIER = "ada@private.com"


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def lead(workspace) -> Lead:
    """Verified, with another verification under way, and with an address of a source that was not chosen."""
    made = verification.lead(workspace)
    verification.done(made)
    verification.queued(made)
    leads.evidence(made, "email", value=EARLIER)
    for email in (made.email, EARLIER):
        key = mailbox_key(email)
        Memory.objects.create(kind=MemoryKind.MAILBOX, key=key, facts={}, learned_at=NOW, expires_at=NOW)
    return made


def left() -> tuple[int, int]:
    return EmailCheck.objects.count(), Memory.objects.count()


def test_request_takes_checks_memory_and_holds(workspace, lead):
    erase(lead, by=people.owner(workspace), now=NOW)

    assert left() == (0, 0)
    assert ledger.balance(workspace).held == 0


def test_retention_takes_them_too(workspace, lead):
    Lead.objects.update(created_at=NOW - timedelta(days=9))
    workspace.retention_days = 100

    assert apply_retention(workspace, now=NOW + timedelta(days=365)) == 1

    assert left() == (0, 0)
    assert ledger.balance(workspace).held == 0


def test_memory_of_somebody_who_is_no_lead_goes(workspace, lead):
    erase_from_records(no_lead(workspace, EARLIER), by=people.owner(workspace), now=NOW)

    assert left() == (2, 1)


def test_what_is_held_for_another_lead_with_the_address_is_given_back_too(workspace, lead):
    other = verification.lead(workspace, "risky")
    Lead.objects.filter(pk=other.pk).update(email=lead.email)
    other.refresh_from_db()
    verification.queued(other)

    erase(lead, by=people.owner(workspace), now=NOW)

    assert left() == (0, 0)
    assert ledger.balance(workspace).held == 0
