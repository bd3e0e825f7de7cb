"""What is asked about companies: paid for what it is about, never for what comes along, and written onto the right one."""

import pytest
from django.utils import timezone

from billing import ledger
from enrichment.models import EnrichedField
from leadengine.workflows import enriching_companies
from leadengine.workflows.company_findings import Finding
from leadengine.workflows.enriching_companies import Answer, ask_companies
from leads.models import Evidence, Lead
from tests.factories import enrichments, leads, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, company=leads.company(workspace, domain="harbour3.example"))


def answering(monkeypatch, answer):
    monkeypatch.setattr(enriching_companies, "_answer", lambda item, seen: answer)
    monkeypatch.setattr(enriching_companies, "_inspected", lambda items, now: {})


def running(workspace):
    """Ordered, and this worker's."""
    job = enrichments.order(workspace, "company")
    type(job).objects.update(state="running", claimed=True)
    return job


def test_new_by_product_of_what_was_known_costs_nothing(workspace, lead, monkeypatch):
    said = {"field": "mail_provider", "value": "Fastmail", "source": "dns", "observed_at": timezone.now()}
    Evidence.objects.create(workspace=workspace, company=lead.company, **said)
    found = [
        Finding("mail_provider", "Fastmail", "dns", 0.9),
        Finding("mail_security", "80 of 100", "dns", 0.9, is_worth_it=False),
    ]
    answering(monkeypatch, Answer(found))
    job = running(workspace)

    ask_companies(job, now=timezone.now())

    assert list(EnrichedField.objects.order_by("pk").values_list("mark", flat=True)) == ["same", "added"]
    assert (job.items.get().charged, ledger.balance(workspace).posted) == (0, 10)


def test_who_changed_company_meanwhile_is_not_asked_about(workspace, lead, monkeypatch):
    answering(monkeypatch, Answer([Finding("mail_provider", "Fastmail", "dns", 0.9)]))
    job = running(workspace)
    Lead.objects.filter(pk=lead.pk).update(company=leads.company(workspace, domain="harbour4.example"))

    ask_companies(job, now=timezone.now())

    assert (job.items.get().state, job.items.get().charged) == ("failed", 0)
    assert not EnrichedField.objects.exists()


def test_whose_turn_had_not_come_is_asked_again(workspace, lead, monkeypatch):
    answering(monkeypatch, Answer(said="Others were first.", is_answer=False, again=True, is_turn=True))
    job = running(workspace)
    job.items.update(tries=2)

    ask_companies(job, now=timezone.now())

    assert (job.items.get().state, job.items.get().tries) == ("waiting", 2)
