"""Orders of the same verifications at the same moment: a double click, and two tabs."""

import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from billing import ledger
from enrichment.models import EmailCheck
from leadengine.workflows.bulk_checks import start_checks
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
