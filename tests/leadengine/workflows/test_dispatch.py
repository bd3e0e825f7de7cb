"""Wake-ups: capped, part of the transaction that needs them, and harmless when there is nothing to do."""

import pytest
from django.conf import settings
from django.db import transaction
from django_q.models import OrmQ

from leadengine.workflows.dispatch import wake, work
from tests.factories import people
from tests.fakes.workers import provider, record, start


@pytest.mark.django_db
def test_wake_queues_no_more_than_there_are_workers():
    for _ in range(settings.WORKERS + 3):
        wake()

    assert OrmQ.objects.count() == settings.WORKERS


@pytest.mark.django_db(transaction=True)
def test_wake_vanishes_with_the_transaction_that_made_work_due():
    with transaction.atomic():
        wake()
        transaction.set_rollback(True)

    assert not OrmQ.objects.exists()


@pytest.mark.django_db
def test_work_without_work_is_idle():
    assert work() == "idle"


@pytest.mark.django_db
def test_work_does_what_is_due(monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(12)], batch=5):
        run = start(people.workspace(credits=50), most_leads=12)
        work()

    run.refresh_from_db()
    assert (run.state, run.delivered) == ("finished", 12)
