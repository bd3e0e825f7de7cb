"""The line beside a lead's number, and the page behind it."""

import pytest
from django.urls import reverse

from tests.factories import leads, people

pytestmark = pytest.mark.django_db


def shown(client, lead, **headers):
    client.force_login(people.rep(lead.workspace))
    return client.get(reverse("enrichment:phone-check", args=[lead.pk]), headers=headers).content.decode()


def test_clock_stands_beside_the_number_and_all_else_on_a_page(client):
    lead = leads.lead(phone="+4930901820")

    line, page = shown(client, lead, **{"HX-Request": "true"}), shown(client, lead)

    assert "It is " in line
    assert all(text in page for text in ("It is ", "+49 30 901820", "Germany", "Europe/Berlin"))


def test_lead_without_a_number_says_so(client):
    assert "No phone number is known" in shown(client, leads.lead(phone=""))
