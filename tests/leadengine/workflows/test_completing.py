"""The rest of a record is bought for those alone whom the run would deliver, once, and not for a run that has ended."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import running
from leadengine.workflows import completing
from leadengine.workflows.asking import ask
from leadengine.workflows.ending import end, locked
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.receipts import run_receipt
from leads.criteria import Criteria
from leads.models import Lead, RunState
from leads.sources import registry
from tests.factories import people
from tests.fakes import workers
from tests.leadengine.workflows.test_network_run import scripted

pytestmark = pytest.mark.django_db

DIRECTORS = {"places": ["GB"], "titles": {"values": ["Managing Director"], "level": "must"}}
ALONE = ("apollo",)


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    cache.clear()
    return people.workspace(is_sample=True, credits=100)


@pytest.fixture
def apollo(sample, monkeypatch):
    with scripted(monkeypatch, "apollo", running.SCRIPTS["apollo"]()) as script:
        yield script


def bought(script) -> list[str]:
    asked = [ask.body["details"] for ask in script.asked if ask.path == "/people/bulk_match"]
    return [each["id"] for details in asked for each in details]


def first_batch(sample, **order):
    """A started run at its first answer, nothing bought yet."""
    run = workers.start(sample, criteria=DIRECTORS, sources=ALONE, **order)
    lane = run.lanes.get()
    type(run).objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    type(lane).objects.filter(pk=lane.pk).update(state="running")
    run = type(run).objects.select_related("workspace", "hold").get(pk=run.pk)  # as a worker reads it
    lane.refresh_from_db()
    source, criteria = registry.get("apollo"), Criteria.from_json(run.criteria)
    asked = ask(source, run, lane, criteria, timezone.now())
    return lambda: completing.complete(source, run, lane, asked, criteria, timezone.now()), run


def test_as_many_are_bought_as_are_delivered(sample, apollo):
    run = workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=12))

    lane = run.lanes.get()
    assert (run.delivered, run.spent, lane.provider_credits) == (12, Decimal(12), 12)
    assert len(bought(apollo)) == len(set(bought(apollo))) == 12
    assert run_receipt(run, now=timezone.now()).adds_up


def test_bought_lead_has_its_name_and_address(sample, apollo):
    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    leads = list(Lead.objects.of(sample))
    assert len(leads) == 3
    assert all(each.last_name and each.email and each.is_sample for each in leads)


def test_whom_an_earlier_run_delivered_is_not_bought_again(sample, apollo):
    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    assert len(bought(apollo)) == len(set(bought(apollo))) == 6


def test_what_was_bought_is_used_by_whoever_takes_over(sample, apollo):
    complete, run = first_batch(sample, most_leads=5)
    complete()
    cache.clear()

    run = workers.work_off(run)

    assert (run.delivered, run.lanes.get().provider_credits, len(bought(apollo))) == (5, 5, 5)


def test_nothing_is_bought_for_a_run_that_was_stopped(sample, apollo):
    complete, run = first_batch(sample)
    end(locked(run), RunState.STOPPED, "Stopped by hand", now=timezone.now())

    with pytest.raises(LeaseLost):
        complete()

    assert bought(apollo) == []
