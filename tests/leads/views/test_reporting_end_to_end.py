"""Bad data from the button to the trust: the page, the line that pays back, and what managers see of the source."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from billing import ledger
from billing.models import CreditEntry
from leads.models import Lead
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace(monkeypatch):
    """Four leads were delivered for a credit each."""
    made = people.workspace(credits=4)
    with provider(monkeypatch, [record(number) for number in range(4)]):
        work_off(start(made, most_leads=4))
    return made


def report(client, lead: Lead):
    """Press the button that the page shows."""
    page = client.get(reverse("leads:lead-detail", args=[lead.pk])).content.decode()
    action = re.search(r'action="([^"]*/report/[^"]*)"', page)
    assert "Report bad data · 1 credit back" in page
    return client.post(action[1], {"fault": "wrong_person"}, follow=True)


def test_reported_lead_is_paid_back_and_its_source_trusted_less(client, workspace):
    manager, credits_page = people.manager(workspace), reverse("billing:credits")
    client.force_login(manager)
    assert '<span class="number">100 %</span>' in client.get(credits_page).content.decode()
    lead = Lead.objects.of(workspace).order_by("pk").first()

    told = report(client, lead).content.decode()

    assert "Thank you. 1 credit paid back." in told
    line = CreditEntry.objects.of(workspace).get(kind="reverse")
    assert (line.reverses.delivery_id, line.actor_id, line.posted) == (lead.deliveries.get().pk, manager.pk, credits(1))
    assert ledger.balance(workspace).available == credits(1)
    shown = client.get(credits_page).content.decode()
    assert 'class="refund"' in shown
    assert '<span class="number">75 %</span>' in shown


def test_reported_lead_offers_no_second_report(client, workspace):
    client.force_login(people.manager(workspace))
    lead = Lead.objects.of(workspace).order_by("pk").first()

    told = report(client, lead).content.decode()

    assert "Report bad data" not in told
    assert "Reported as bad data and paid back" in told
