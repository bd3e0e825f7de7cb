"""LinkedIn's webhook: challenged, signed, delivered twice, forged, too big; switched on and off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadengine.sandbox import linkedin as stand_in
from leadengine.sandbox.scripted import serve
from leads.candidate import Candidate
from leads.models import (
    Exclusion,
    Lead,
    LeadIdentity,
    LinkedInConnection,
    LinkedInEvent,
    SourceAnswer,
    Suppression,
)
from leads.providers.linkedin_signing import event_of
from leads.sources.social.linkedin import LinkedIn
from leads.suppressing import digests, suppressed
from tests.factories import leads, people, providers, runs

pytestmark = pytest.mark.django_db

SECRET, PAGE, WEBHOOK = "secret-4711", reverse("leads:linkedin"), reverse("leads:linkedin-webhook")
CODE = "890e4665-4dfe-4ab1-b689-ed553bceeed0"


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def found(workspace) -> LinkedInConnection:
    return providers.linkedin_connection(workspace, SECRET)


@pytest.fixture
def manager(client, workspace):
    client.force_login(people.membership(workspace, "manager").user)
    return client


@pytest.fixture
def server(settings, monkeypatch):
    settings.SANDBOX, settings.SITE_URL = True, "https://leads.example"
    with serve(stand_in.script()) as script:
        monkeypatch.setattr(LinkedIn, "base_url", script.base_url)
        yield script


def url_of(found: LinkedInConnection) -> str:
    return reverse("leads:linkedin-hook", args=[found.pk])


def send(found: LinkedInConnection, body: bytes, signature: str):
    """As LinkedIn does: without a session, and without a token of ours."""
    client = Client(enforce_csrf_checks=True)
    return client.post(url_of(found), body, content_type="application/json", headers={"X-LI-Signature": signature})


def deliver(found: LinkedInConnection, action: str = "CREATED", response: str = "sandbox-0001-1"):
    return send(found, *stand_in.notification(SECRET, action, response))


def came_by(workspace, response: str, **fields) -> Lead:
    lead = leads.lead(workspace, "Ada Abara", **fields)
    LeadIdentity.objects.create(workspace=workspace, lead=lead, kind="record", value=f"linkedin:{response}")
    return lead


def test_challenge_is_answered_and_noted(client, found):
    answer = client.get(url_of(found), {"challengeCode": CODE})

    wanted = {"challengeCode": CODE, "challengeResponse": stand_in.challenge_answer(SECRET, CODE)}
    assert (answer.status_code, answer["Content-Type"], answer.json()) == (200, "application/json", wanted)
    assert LinkedInConnection.objects.get().challenged_at


@pytest.mark.parametrize("code", ["", "x" * 101, 'hmacsha256={"type":"LEAD_ACTION"}', "a b"])
def test_nothing_but_a_code_is_signed(client, found, code):
    assert client.get(url_of(found), {"challengeCode": code}).status_code == 403


def test_event_that_is_delivered_twice_is_taken_once(found):
    answers = [deliver(found).status_code for _ in range(2)]

    assert answers == [204, 204]
    event = LinkedInEvent.objects.get()
    assert (event.response, event.action) == ("sandbox-0001-1", "CREATED")
    assert LinkedInConnection.objects.get().event_at


@pytest.mark.parametrize(
    "change",
    [
        lambda body, signature: (body, ""),
        lambda body, signature: (body, "0" * 64),
        lambda body, signature: (body, "ü" * 64),
        lambda body, signature: (body + b" ", signature),
        lambda body, signature: (body, stand_in.notification("another", "CREATED", "x")[1]),
    ],
    ids=["no signature", "zeroes", "no ASCII", "another body", "another secret"],
)
def test_forged_event_is_refused_without_a_word(found, change):
    answer = send(found, *change(*stand_in.notification(SECRET, "DELETED", "sandbox-0001-1")))

    assert (answer.status_code, answer.content) == (403, b"")
    assert not LinkedInEvent.objects.exists()


def test_what_is_too_big_is_not_read(found):
    assert send(found, b"x" * 70_000, "0" * 64).status_code == 413


def test_address_that_is_nobodys_says_nothing(client, found):
    LinkedInConnection.objects.all().delete()

    assert client.get(url_of(found), {"challengeCode": CODE}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"type": "OTHER"}',
        b'{"type": "LEAD_ACTION", "leadAction": "CREATED", "leadGenFormResponse": "urn:li:person:1", "occurredAt": 1}',
        b'{"type": "LEAD_ACTION", "leadAction": "LOST", "leadGenFormResponse": "urn:li:leadGenFormResponse:1", "occurredAt": 1}',
    ],
    ids=["nothing", "a list", "broken", "another kind", "another urn", "another action"],
)
def test_event_of_another_form_is_none(body):
    assert event_of(body) is None


def test_who_came_by_a_response_that_is_deleted_is_erased(found, workspace):
    lead = came_by(workspace, "sandbox-0001-1", email="ada@amberfield.example", source="linkedin")

    deliver(found, "DELETED")

    lead.refresh_from_db()
    assert (lead.full_name, lead.email, lead.do_not_contact) == ("", "", True)
    assert lead.erased_at


def test_response_that_is_deleted_is_kept_nowhere(found, workspace):
    lane = runs.lane(runs.run(workspace), source="linkedin")
    gone, other = (
        {"source": "linkedin", "record_id": f"sandbox-0001-{each}", "email": "a@b.example"} for each in (1, 2)
    )
    row = {"workspace": workspace, "run": lane.run, "lane": lane, "source": "linkedin", "reason": "criteria_mismatch"}
    for each in (gone, other):
        Exclusion.objects.create(**row, label="Ada Abara", candidate=each, keys=[1])
    kept = {"candidates": [gone, other], "faults": []}
    answer = SourceAnswer.objects.create(workspace=workspace, lane=lane, sequence=0, candidates=kept)

    deliver(found, "DELETED")

    answer.refresh_from_db()
    left = Exclusion.objects.order_by("pk").values_list("candidate", "label", "keys")
    assert list(left) == [(None, "", []), (other, "Ada Abara", [1])]
    assert answer.candidates["candidates"] == [other]


def test_response_that_is_deleted_before_it_is_a_lead_never_becomes_one(found, workspace):
    deliver(found, "DELETED")
    deliver(found, "DELETED")
    late = Candidate("linkedin", "sandbox-0001-1", full_name="Ada Abara", email="ada@amberfield.example")

    assert suppressed(workspace.pk, [digests([late])]) == {0}
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("email", ["ada@amberfield.example", ""])
def test_who_was_known_before_is_marked_and_stays(found, workspace, email):
    lead = came_by(workspace, "sandbox-0001-1", email=email, source="hunter")

    deliver(found, "DELETED")

    lead.refresh_from_db()
    assert (lead.full_name, lead.do_not_contact, lead.erased_at) == ("Ada Abara", True, None)


def test_switched_on_and_off_at_linkedin(manager, found, server):
    manager.post(WEBHOOK)
    asked = server.asked[-1]
    on = manager.get(PAGE).content.decode()
    manager.post(WEBHOOK)

    assert asked.body["webhook"] == f"https://leads.example{url_of(found)}"
    assert asked.body["owner"] == {"sponsoredAccount": stand_in.ACCOUNT}
    assert "LinkedIn has not checked it yet" in on
    deleted = [ask.path for ask in server.asked if ask.method == "DELETE"]
    assert (deleted, LinkedInConnection.objects.get().webhook) == (["/leadNotifications/4711"], "")


def test_without_public_address_it_says_so(manager, found, server, settings):
    settings.SITE_URL = ""

    shown = manager.post(WEBHOOK, follow=True).content.decode()

    assert "an https address only" in shown
    assert LinkedInConnection.objects.get().webhook == ""


def test_webhook_that_is_not_checked_any_more_is_shown_as_failing(manager, found, server):
    long_ago = timezone.now() - timedelta(hours=8)
    LinkedInConnection.objects.update(webhook="4711", challenged_at=long_ago)

    assert "failing: last checked" in manager.get(PAGE).content.decode()


def test_page_counts_what_waits_for_a_run(manager, found, server, workspace):
    came_by(workspace, "r-1")
    for response in ("r-1", "r-2", "r-3", "r-4"):
        deliver(found, response=response)
    deliver(found, "DELETED", "r-4")

    assert manager.get(PAGE).context["waiting"] == 2
