"""Verifications of the same addresses at the same moment: a double click, two tabs, two workers."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from billing import ledger
from billing.folding import fold_mismatches
from enrichment.models import EmailCheck
from enrichment.verdict import EmailVerdict
from leadengine.workflows import leases
from leadengine.workflows.bulk_checks import start_checks
from leadengine.workflows.settling_checks import Outcome, settle_checks
from leadengine.workflows.verification import NotVerifiable
from leads.models import Lead
from tests.factories import people, verification

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


def wait_for_lock() -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= 1:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def ordered(workspace, by, key):
    try:
        leads = Lead.objects.of(workspace).living()
        return start_checks(leads, workspace=workspace, key=key, by=by, shown_at_most=None, now=timezone.now()).pk
    except NotVerifiable:
        return None
    finally:
        connection.close()


@pytest.mark.parametrize("is_same", [True, False], ids=["double click", "two tabs"])
def test_addresses_ordered_twice_at_once_are_verified_once(is_same):
    workspace = verification.workspace(credits=100)
    by, key = people.rep(workspace), uuid4()
    for number in range(5):
        verification.lead(workspace, email=f"ada@harbour{number}.example")
    leads = Lead.objects.of(workspace).living()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = start_checks(leads, workspace=workspace, key=key, by=by, shown_at_most=None, now=timezone.now()).pk
            second = pool.submit(ordered, workspace, by, key if is_same else uuid4())
            wait_for_lock()
        told = second.result(timeout=20)

    assert told == (first if is_same else None)
    assert EmailCheck.objects.count() == 5
    assert ledger.balance(workspace).held == Decimal("2.50")


def settled(outcome: Outcome) -> None:
    try:
        settle_checks([outcome], now=timezone.now())
    finally:
        connection.close()


def test_mailbox_that_two_workers_settle_at_once_is_charged_once():
    workspace, now = verification.workspace(), timezone.now()
    said = EmailVerdict("deliverable", "mailbox_accepted", checked_at=now, expires_at=now + timedelta(days=9))
    checks = [verification.queued(lead) for lead in verification.sharing(workspace)]
    outcomes = [Outcome(leases.claim(EmailCheck, now=timezone.now(), pk=check.pk), said) for check in checks]

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            settle_checks(outcomes[:1], now=timezone.now())
            other = pool.submit(settled, outcomes[1])
            wait_for_lock()
        other.result(timeout=20)

    assert ledger.balance(workspace) == ledger.Balance(Decimal("9.50"), Decimal(0))
    assert fold_mismatches() == []
