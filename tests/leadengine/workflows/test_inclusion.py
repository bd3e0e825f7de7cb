"""Including after all whom a run left out: delivered, charged on its own hold, never against the suppression list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import ledger
from billing.folding import fold_mismatches
from billing.ledger import InsufficientCredits
from leadengine.workflows.inclusion import KEPT, includable, include_anyway
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.sweeping import sweep
from leads.models import Delivery, Exclusion, Lead, Run
from leads.suppressing import suppress
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def stopped_short(monkeypatch) -> Run:
    """A run of five candidates that was asked for three."""
    with provider(monkeypatch, [record(number) for number in range(5)]):
        return work_off(start(people.workspace(credits=5), most_leads=3))


def include(run: Run, *rows: Exclusion):
    return include_anyway(run, rows or list(includable(run, now=timezone.now())), by=run.started_by, now=timezone.now())


def test_included_candidates_are_delivered_and_charged(stopped_short):
    outcome = include(stopped_short)

    assert (outcome.delivered, outcome.charged, outcome.refused) == (2, credits(2), {})
    assert Lead.objects.of(stopped_short.workspace).count() == 5
    assert ledger.balance(stopped_short.workspace) == ledger.Balance(credits(0), credits(0))
    assert fold_mismatches() == []


def test_receipt_adds_up_after_an_inclusion(stopped_short):
    include(stopped_short)

    stopped_short.refresh_from_db()
    receipt = run_receipt(stopped_short, now=timezone.now())
    assert receipt.adds_up
    assert (receipt.found, receipt.delivered, receipt.excluded) == (5, 5, {})


def test_second_click_includes_nobody(stopped_short):
    rows = list(includable(stopped_short, now=timezone.now()))
    include(stopped_short, *rows)

    outcome = include(stopped_short, *rows)

    assert (outcome.delivered, outcome.charged) == (0, credits(0))
    assert Delivery.objects.filter(run=stopped_short).count() == 5


def test_suppressed_since_then_stays_out(stopped_short):
    row = includable(stopped_short, now=timezone.now()).first()
    workspace, address = stopped_short.workspace, row.candidate["email"]
    suppress("email", address, workspace=workspace, by=None, note="", now=timezone.now())

    outcome = include(stopped_short, row)

    assert (outcome.delivered, outcome.refused) == (0, {"suppressed": 1})


def test_inclusion_without_credits_changes_nothing(stopped_short):
    ledger.expire(stopped_short.workspace, credits(1), key="spent", by=None)

    with pytest.raises(InsufficientCredits):
        include(stopped_short)

    assert includable(stopped_short, now=timezone.now()).count() == 2


def test_candidates_are_forgotten_after_thirty_days(stopped_short):
    later = timezone.now() + KEPT + timedelta(seconds=1)

    assert sweep(now=later)["exclusions"] == 2

    assert not includable(stopped_short, now=later).exists()
    assert not Exclusion.objects.exclude(candidate=None).exists()
