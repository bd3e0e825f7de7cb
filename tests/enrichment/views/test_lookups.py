"""Finding an address, and the line of a number, on the page of a lead: without script, as regions, priced, and by whom."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Lookup
from leadengine.workflows import dispatch
from leads.models import Evidence, Lead
from tests.factories import leads, people, providers, verification

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def lead():
    workspace = verification.workspace()
    company = leads.company(workspace, domain=verification.domain_where("ada.okafor", "deliverable"))
    return leads.lead(workspace, "Ada Okafor", company=company, email="", phone="+447400123456")


@pytest.fixture
def rep(client, lead):
    client.force_login(people.rep(lead.workspace))
    return client


def url(name: str, lead) -> str:
    return reverse(f"enrichment:{name}", args=[lead.pk])


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def work() -> None:
    while dispatch.turn(now=timezone.now()):
        pass


def test_address_is_found_and_taken_without_script(rep, lead):
    find, start, use = url("email-find", lead), url("email-find-start", lead), url("email-use", lead)
    offered = text(rep.get(find))
    sent = rep.post(start, {"key": uuid4()})
    under_way = text(rep.get(find))
    work()
    found = rep.get(find).context["suggested"][0].email
    taken = rep.post(use, {"email": found})

    assert "Find an e-mail · 0.5 credits" in offered
    assert (sent.status_code, sent["Location"]) == (303, find)
    assert "Look again" in under_way
    assert (taken.status_code, taken["Location"]) == (303, reverse("leads:lead-detail", args=[lead.pk]))
    lead.refresh_from_db()
    assert lead.email == found


def test_address_that_took_the_place_of_a_dead_one_can_be_taken_back(rep, lead):
    dead = "a.okafor@gone.example"
    Lead.objects.filter(pk=lead.pk).update(email=dead, email_status="undeliverable")
    before = leads.evidence(lead, "email", value=dead, source="hunter")
    rep.post(url("email-find-start", lead), {"key": uuid4()})
    work()
    found = rep.get(url("email-find", lead)).context["suggested"][0].email

    page = rep.post(url("email-use", lead), {"email": found}, follow=True).content.decode()

    choice = Evidence.objects.get(lead=lead, field="email", source="person", is_current=True)
    rep.post(reverse("leads:lead-pick", args=[lead.pk]), {"evidence": before.pk, "restores": choice.pk})
    lead.refresh_from_db()
    assert f'value="{before.pk}"' in page
    assert lead.email == dead


def test_price_names_hunters_credit_where_its_key_is(rep, lead):
    providers.key(lead.workspace, "hunter")

    assert "Find an e-mail · 0.5 credits + 1 Hunter credit" in text(rep.get(url("email-find", lead), headers=HTMX))


def test_region_asks_until_it_is_there_and_then_tells(rep, lead):
    first = rep.post(url("email-find-start", lead), {"key": uuid4()}, headers=HTMX).content.decode()
    work()
    last = rep.get(f"{url('email-find', lead)}?waiting", headers=HTMX)

    assert 'hx-trigger="every 1s"' in first
    assert 'hx-trigger="every' not in last.content.decode()
    assert "leads-changed" in last["HX-Trigger"]


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("email-find-start", {}, "Open the lead again"),
        ("email-use", {}, "Choose one of the addresses."),
        ("email-use", {"email": "x@y.example"}, "is not suggested any more"),
        ("phone-line-start", {"key": str(uuid4())}, "Twilio Lookup needs a key"),
    ],
    ids=["no key", "no address", "another address", "no provider"],
)
def test_what_cannot_be_is_said_and_nothing_happens(rep, lead, name, sent, words):
    answer = rep.post(url(name, lead), sent)

    assert answer.status_code == 422
    assert words in text(answer)
    assert not Lookup.objects.exists()


def test_line_is_looked_up_without_script(rep, lead):
    providers.key(lead.workspace, "twilio", "AC1:a-token")
    page = url("phone-check", lead)
    offered = text(rep.get(page))

    sent = rep.post(url("phone-line-start", lead), {"key": uuid4()})
    work()

    assert "Look up the line · 2 credits" in offered
    assert (sent.status_code, sent["Location"]) == (303, page)
    assert "Line: Mobile" in text(rep.get(page))


def test_without_twilios_key_nothing_is_offered(rep, lead):
    assert "Look up the line" not in text(rep.get(url("phone-check", lead), headers=HTMX))
