"""The page of a lead: what it shows, and what people do on it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from leads.models import Activity, Suppression
from tests.factories import credits, leads, people, runs, scores

pytestmark = pytest.mark.django_db

REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace(credits=10)


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, "Ada Lovelace", email="ada@bright.example", phone="+4930123456", linkedin_slug="ada")


def page(lead) -> str:
    return reverse("leads:lead-detail", args=[lead.pk])


def url(name: str, lead) -> str:
    return reverse(f"leads:{name}", args=[lead.pk])


def paid_delivery(lead):
    """The lead, delivered and charged."""
    lane = runs.lane(runs.run(lead.workspace))
    delivery = runs.delivery(lane, lead)
    hold = credits.hold(lead.workspace, 1)
    credits.captured(hold, 1, delivery_id=delivery.pk)
    return delivery


def test_page_shows_contact_timeline_evidence_and_colleagues(client, rep, lead):
    leads.evidence(lead, "company.industry", value="software-development", url="https://bright.example/about")
    leads.activity(lead, text="Wants a call in May")
    leads.lead(lead.workspace, "Bo Colleague", company=lead.company)

    text = client.get(page(lead)).content.decode()

    assert "mailto:ada@bright.example" in text
    assert "Wants a call in May" in text
    assert "https://bright.example/about" in text
    assert "Software Development" in text
    assert "Bo Colleague" in text


def test_score_card_is_loaded_and_linked(client, rep, lead):
    scores.score(lead, "A")

    text = client.get(page(lead)).content.decode()

    assert f'hx-get="{reverse("scoring:score-card", args=[lead.pk])}"' in text
    assert f'href="{reverse("scoring:score-card", args=[lead.pk])}"' in text


def test_erased_lead_is_a_stub(client, rep, workspace):
    lead = leads.lead(workspace, "Gone Person", erased_at=timezone.now())

    text = client.get(page(lead)).content.decode()

    assert "This person was erased" in text
    assert "Gone Person" not in text


def test_queries_do_not_grow_with_what_is_known(client, rep, lead, query_count):
    leads.activity(lead, by=rep)
    leads.evidence(lead)
    scores.score(leads.lead(lead.workspace, company=lead.company))
    few = query_count(lambda: client.get(page(lead)))
    for _ in range(5):
        leads.activity(lead, by=people.rep(lead.workspace))
        leads.evidence(lead)
        scores.score(leads.lead(lead.workspace, company=lead.company))

    assert query_count(lambda: client.get(page(lead))) == few


def test_stage_is_moved_and_told(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "won"})

    lead.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, page(lead))
    assert (lead.stage.key, lead.outcome) == ("won", "won")
    assert Activity.objects.get(lead=lead).text == "New → Won"


def test_disqualifying_asks_for_a_reason(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "disqualified"})

    lead.refresh_from_db()
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert lead.stage.key == "new"


def test_stage_by_htmx_answers_with_the_region_and_a_toast(client, rep, lead):
    answer = client.post(url("lead-stage", lead), {"stage": "working"}, **REGION)

    text = answer.content.decode()
    assert "<html" not in text
    assert 'id="lead-pipeline"' in text
    assert "New → Working" in text
    assert "toast" in answer["HX-Trigger"]


def test_owner_must_be_a_member(client, rep, lead):
    stranger = people.user()

    refused = client.post(url("lead-owner", lead), {"owner": stranger.pk})
    accepted = client.post(url("lead-owner", lead), {"owner": rep.pk})

    lead.refresh_from_db()
    assert (refused.status_code, accepted.status_code) == (422, 303)
    assert lead.owner == rep


def test_note_is_added_to_the_timeline(client, rep, lead):
    answer = client.post(url("lead-note", lead), {"kind": "call", "text": "Left a message"}, **REGION)

    assert "Left a message" in answer.content.decode()
    assert Activity.objects.get(lead=lead).by == rep


def test_empty_note_is_refused_in_place(client, rep, lead):
    answer = client.post(url("lead-note", lead), {"kind": "note", "text": ""}, **REGION)

    assert answer.status_code == 422
    assert 'id="lead-note"' in answer.content.decode()


def test_bad_data_is_paid_back_once(client, rep, lead):
    paid_delivery(lead)
    before = ledger.balance(lead.workspace).available

    for _ in range(2):
        client.post(url("lead-report", lead), {"fault": "bounced"})

    assert ledger.balance(lead.workspace).available == before + Decimal(1)


def test_report_without_a_fault_is_refused(client, rep, lead):
    paid_delivery(lead)

    assert client.post(url("lead-report", lead), {}).status_code == 422


def test_old_delivery_cannot_be_reported(client, rep, lead):
    runs.delivery(lead=lead, of=runs.lane(runs.run(lead.workspace)), delivered_at=timezone.now() - timedelta(days=31))

    assert url("lead-report", lead) not in client.get(page(lead)).content.decode()


def test_suppressing_marks_everybody_with_the_address(client, rep, lead):
    twin = leads.lead(lead.workspace, company=lead.company, email="bo@bright.example", phone=lead.phone)

    client.post(url("suppress", lead), {"kind": "phone"})

    twin.refresh_from_db()
    assert Suppression.objects.filter(workspace=lead.workspace, kind="phone").count() == 1
    assert twin.do_not_contact


def test_suppressing_needs_one_of_the_leads_addresses(client, rep, workspace):
    lead = leads.lead(workspace, email="ada@bright.example")

    answer = client.post(url("suppress", lead), {"kind": "phone"})

    assert answer.status_code == 422
    assert Suppression.objects.count() == 0


def test_marked_lead_offers_no_way_to_write(client, rep, workspace):
    lead = leads.lead(workspace, email="ada@bright.example", do_not_contact=True)

    text = client.get(page(lead)).content.decode()

    assert "Do not contact" in text
    assert "Copy e-mail" not in text


@pytest.mark.parametrize("name", ["lead-stage", "lead-owner", "lead-note", "lead-report", "suppress"])
def test_nothing_can_be_done_with_an_erased_lead(client, rep, workspace, name):
    lead = leads.lead(workspace, erased_at=timezone.now())

    assert client.post(url(name, lead), {"stage": "won"}).status_code == 404


@pytest.mark.parametrize("name", ["lead-detail", "lead-stage", "lead-owner", "lead-note", "lead-report", "suppress"])
def test_lead_of_another_workspace_is_not_found(client, rep, name):
    foreign = leads.lead(people.workspace())

    answer = client.get(url(name, foreign)) if name == "lead-detail" else client.post(url(name, foreign))

    assert answer.status_code == 404
