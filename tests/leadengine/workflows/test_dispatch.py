"""Wake-ups and turns: capped, part of the transaction that needs them, and harmless when there is nothing to do."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from leadengine.workflows.dispatch import turn, work
from leadengine.workflows.scoring import start_rescoring
from leadengine.workflows.waking import wake
from leads.models import Lane
from tests.factories import leads, people
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


@pytest.mark.django_db
def test_a_rescoring_gets_its_turn_beside_a_run_that_never_pauses(monkeypatch):
    workspace = people.workspace(credits=50)
    leads.lead(workspace)
    with provider(monkeypatch, [record(number) for number in range(40)], batch=10):
        run = start(workspace, most_leads=40)
        turn(now=timezone.now())
        job = start_rescoring(workspace, why="Test", by=people.owner(workspace), now=timezone.now())
        Lane.objects.filter(run=run).update(due_at=timezone.now())
        turn(now=timezone.now())

    job.refresh_from_db()
    run.refresh_from_db()
    assert job.done > 0
    assert run.state == "running"


@pytest.mark.django_db
def test_a_turn_that_is_narrowed_to_a_run_leaves_rescorings_alone():
    lead = leads.lead()
    job = start_rescoring(lead.workspace, why="Test", by=people.owner(lead.workspace), now=timezone.now())

    assert not turn(now=timezone.now(), run_id=uuid4())

    job.refresh_from_db()
    assert job.taken_at is None
