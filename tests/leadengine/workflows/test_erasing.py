"""Whom a workspace erased comes no more: known again by the record of a source, whatever address it holds by now."""

import pytest
from django.utils import timezone

from leadengine.workflows.erasing import erase
from leadengine.workflows.receipts import run_receipt
from leads.models import Exclusion, Lead, Purchase
from tests.factories import people
from tests.fakes import workers

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def erase_the_lead(workspace) -> None:
    erase(Lead.objects.of(workspace).living().get(), by=people.manager(workspace), now=NOW)


def test_same_record_with_another_address_is_not_delivered(monkeypatch):
    workspace = people.workspace(credits=50)
    with workers.provider(monkeypatch, [workers.record(1)]):
        workers.work_off(workers.start(workspace))
    erase_the_lead(workspace)

    with workers.provider(monkeypatch, [workers.record(1, email="bela@ackroyd.example")]):
        run = workers.work_off(workers.start(workspace))

    assert (run.delivered, run.spent) == (0, 0)
    assert dict(run_receipt(run, now=NOW).excluded) == {"suppressed": 1}
    assert not Lead.objects.of(workspace).living().exists()


def test_what_was_left_out_under_the_same_record_goes_with_them(monkeypatch):
    workspace = people.workspace(credits=50)
    with workers.provider(monkeypatch, [workers.record(1)]):
        workers.work_off(workers.start(workspace))
    with workers.provider(monkeypatch, [workers.record(1, full_name="Ada Ackroyd", email="ada@elsewhere.example")]):
        workers.work_off(workers.start(workspace))
    assert Exclusion.objects.exclude(label="").exists()

    erase_the_lead(workspace)

    assert not Exclusion.objects.exclude(label="", candidate=None).exists()


def test_erased_person_is_not_bought_again(settings):
    settings.SANDBOX = True
    workspace = people.workspace(is_sample=True, credits=50)
    search = {"criteria": {"places": ["GB"]}, "sources": ("apollo",)}
    workers.work_off(workers.start(workspace, most_leads=1, **search))
    erase_the_lead(workspace)

    workers.work_off(workers.start(workspace, most_leads=1, **search))

    first, second = (set(each.people) for each in Purchase.objects.order_by("pk"))
    assert len(first) == len(second) == 1
    assert first.isdisjoint(second)
