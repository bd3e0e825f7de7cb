"""The card of a company's DNS tells each technology with its times; without any it takes no room."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from enrichment.models import DomainTechnology
from tests.factories import leads, people, verification

pytestmark = pytest.mark.django_db
TIMES = {"first_seen": datetime(2026, 3, 1, tzinfo=UTC), "last_seen": datetime(2026, 11, 2, tzinfo=UTC)}


def shown(client, company, **headers):
    client.force_login(people.rep(company.workspace))
    return client.get(reverse("enrichment:company-dns", args=[company.pk]), headers=headers).content.decode()


def test_technologies_stand_with_first_and_last_time(client):
    company = leads.company()
    DomainTechnology.objects.create(
        domain=company.domain, vendor="Mimecast", confidence=0.95, evidence="MX eu.mimecast.com", **TIMES
    )

    page = shown(client, company, **{"HX-Request": "true"})

    assert all(text in page for text in ("Mimecast", "Since Mar 2026", "to Nov 2026, 95 % sure"))


def test_mail_security_is_told_by_the_last_verification_of_an_address_there(client):
    workspace, email = verification.workspace(), verification.address("deliverable")
    company = leads.company(workspace, domain=email.partition("@")[2])
    verification.done(verification.lead(workspace, email=email, company=company))

    page = shown(client, company, **{"HX-Request": "true"})

    assert all(text in page for text in (" of 100", "SPF is strict, DMARC "))


def test_nothing_seen_is_an_empty_card_and_a_page_that_says_so(client):
    company = leads.company()

    assert not shown(client, company, **{"HX-Request": "true"}).strip()
    assert f"inspect_domain {company.domain}" in shown(client, company)
