"""What verification keeps about a person goes with the person."""

import pytest
from django.utils import timezone

from enrichment.forgetting import forget_person
from enrichment.models import EmailCheck, Memory, MemoryKind
from enrichment.remembering import mailbox_key
from tests.factories import verification

pytestmark = pytest.mark.django_db


def remembered(email: str) -> Memory:
    now = timezone.now()
    key = mailbox_key(email)
    return Memory.objects.create(kind=MemoryKind.MAILBOX, key=key, facts={}, learned_at=now, expires_at=now)


def test_checks_and_the_memory_of_every_address_are_erased_and_of_nobody_else():
    workspace = verification.workspace()
    gone, stays = verification.lead(workspace), verification.lead(workspace, "risky")
    verification.done(gone)
    kept = verification.done(stays)
    for email in (gone.email, "old@acme.com"):
        remembered(email)
    other = remembered(stays.email)

    assert forget_person(gone, addresses=["old@acme.com"]) == 3

    assert list(EmailCheck.objects.all()) == [kept]
    assert list(Memory.objects.all()) == [other]
