"""LinkedIn's page: connecting by OAuth, choosing the ad account, every state in words, disconnecting."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import resolve, reverse
from django.utils import timezone

from billing.models import AuditEvent
from leadengine.sandbox import linkedin as stand_in
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leadengine.sealing import unseal
from leads.criteria import Criteria
from leads.models import LinkedInConnection
from leads.sources.base import SearchRequest, SourceError
from leads.sources.social.linkedin import LinkedIn
from tests.factories import people, providers

pytestmark = pytest.mark.django_db

PAGE, CALLBACK, ACCOUNT, DISCONNECT = (
    reverse(f"leads:linkedin{name}") for name in ("", "-callback", "-account", "-disconnect")
)


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def manager(client, workspace):
    client.force_login(people.membership(workspace, "manager").user)
    return client


@pytest.fixture
def server(settings, monkeypatch):
    settings.SANDBOX = True
    with serve(stand_in.script()) as script:
        monkeypatch.setattr(LinkedIn, "base_url", script.base_url)
        yield script


@pytest.fixture
def keyed(workspace):
    return providers.key(workspace, "linkedin", "client-0815:secret-4711")


@pytest.fixture
def connected(manager, workspace, server, keyed) -> LinkedInConnection:
    manager.get(CALLBACK, {"code": stand_in.CODE, "state": state_of(manager)})
    return LinkedInConnection.objects.get(workspace=workspace)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def state_of(client) -> str:
    """The state in the link of the page."""
    return parse_qs(urlsplit(client.get(PAGE).context["connect_url"]).query)["state"][0]


def search(workspace):
    asked = SearchRequest(criteria=Criteria(), workspace_id=workspace.pk, new_only=True, now=timezone.now())
    return LinkedIn().search(asked, {}, 50)


def test_without_key_it_says_what_to_enter(manager):
    shown = text(manager.get(PAGE))

    assert "Not configured" in shown
    assert f"http://testserver{CALLBACK}" in shown


def test_link_asks_for_little_and_carries_a_state(manager, keyed):
    page = manager.get(PAGE)

    asked = parse_qs(urlsplit(page.context["connect_url"]).query)
    assert asked["scope"] == ["r_marketing_leadgen_automation r_ads"]
    assert (asked["response_type"], asked["client_id"]) == (["code"], ["client-0815"])
    assert asked["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert "secret-4711" not in text(page)


def test_connecting_keeps_sealed_tokens_and_the_first_account(manager, connected, server):
    before = len(server.asked)
    shown = text(manager.get(PAGE))

    assert len(server.asked) == before  # no page asks a provider
    assert "Connected" in shown
    assert "Sandbox ads" in shown
    assert stand_in.ACCESS not in connected.sealed + shown
    assert json.loads(unseal(connected.sealed)) == {"access": stand_in.ACCESS, "refresh": stand_in.REFRESH}
    assert (connected.account, connected.scopes) == (stand_in.ACCOUNT, "r_ads r_marketing_leadgen_automation")
    assert server.asked[0].body["client_secret"] == "secret-4711"
    assert "linkedin.connected" in AuditEvent.objects.values_list("verb", flat=True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"code": stand_in.CODE, "state": "another"}, "belongs to no request of yours"),
        ({"code": stand_in.CODE}, "belongs to no request of yours"),
        ({"error": "user_cancelled_login", "state": "mine"}, "was not allowed"),
        ({"code": "wrong", "state": "mine"}, "did not understand"),
    ],
    ids=["foreign state", "no state", "refused by the person", "wrong code"],
)
def test_answer_that_is_not_right_connects_nothing(manager, server, keyed, query, words):
    state = state_of(manager)
    query = query | ({"state": state} if query.get("state") == "mine" else {})

    shown = text(manager.get(CALLBACK, query, follow=True))

    assert words in shown
    assert not LinkedInConnection.objects.exists()


@pytest.mark.parametrize("element", [{}, None, "x", {"id": []}, {"id": 7, "name": ["?"]}])
def test_account_that_cannot_be_read_is_left_out(manager, workspace, server, keyed, element):
    state = state_of(manager)
    real = server.answer
    server.answer = lambda ask: Reply({"elements": [element]}) if "adAccounts" in ask.path else real(ask)

    manager.get(CALLBACK, {"code": stand_in.CODE, "state": state})

    found = LinkedInConnection.objects.get(workspace=workspace)
    assert found.offered == ([["urn:li:sponsoredAccount:7", ""]] if element and "name" in element else [])
    assert manager.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["callback", "account", "disconnect", "webhook"])
def test_linkedin_is_asked_in_no_transaction(name):
    view = resolve(reverse(f"leads:linkedin-{name}")).func

    assert view._non_atomic_requests == {"default"}


def test_state_works_once(manager, server, keyed):
    query = {"code": stand_in.CODE, "state": state_of(manager)}
    manager.get(CALLBACK, query)
    manager.post(DISCONNECT)

    manager.get(CALLBACK, query)

    assert not LinkedInConnection.objects.exists()


def test_run_is_given_the_responses_since_the_chosen_day(manager, connected, workspace):
    since = timezone.localdate() - timedelta(days=10)
    manager.post(ACCOUNT, {"account": stand_in.ACCOUNT, "since": since.isoformat()})

    found = search(workspace).candidates

    assert 0 < len(found) < 10
    assert all(each.observed_at.date() >= since for each in found)
    first = found[0]
    assert (first.name, first.email, first.country) == ("Ada Abara", "ada.abara@amberfield.example", "GB")
    assert dict(first.extra)["consent"].startswith("refused on ")
    assert dict(found[1].extra)["consent"].startswith("given on ")


def test_day_of_long_ago_is_refused_with_a_sentence(manager, connected):
    answer = manager.post(ACCOUNT, {"account": stand_in.ACCOUNT, "since": "2001-01-01"})

    assert answer.status_code == 422
    assert "Choose a day of the last 365." in text(answer)
    assert text(answer).count("needs your attention") == 1


def test_token_is_made_anew_before_its_end(connected, workspace, server):
    LinkedInConnection.objects.update(ends_at=timezone.now() + timedelta(minutes=1))

    search(workspace)

    assert [ask.body["grant_type"] for ask in server.asked if ask.method == "POST"][-1] == "refresh_token"
    assert LinkedInConnection.objects.get().ends_at > timezone.now() + timedelta(days=30)


def test_permission_that_is_over_is_shown_as_refused(manager, connected, workspace, server):
    LinkedInConnection.objects.update(ends_at=timezone.now())
    server.always = Trouble(Reply({"error": "invalid_grant", "error_description": "revoked"}, status=400))

    with pytest.raises(SourceError, match="permission at LinkedIn is over"):
        search(workspace)

    assert "Refused" in text(manager.get(PAGE))


def test_token_that_a_run_was_refused_with_is_shown_as_refused(manager, connected, workspace, server):
    server.always = Trouble(Reply({"status": 401, "message": "Revoked"}, status=401))
    with pytest.raises(SourceError, match="refused the key"):
        search(workspace)

    shown = text(manager.get(PAGE))

    assert "LinkedIn refuses." in shown
    assert "Connect again" in shown


def test_permission_without_refresh_expires(manager, connected):
    LinkedInConnection.objects.update(ends_at=timezone.now(), refresh_ends_at=None)

    assert "Expired" in text(manager.get(PAGE))


def test_command_tells_connects_and_disconnects(workspace, server, keyed, settings):
    people.owner(workspace)

    def told(**options):
        out = StringIO()
        call_command("linkedin", workspace=workspace.slug, json=True, stdout=out, **options)
        return json.loads(out.getvalue())

    assert told()["state"] == "unconnected"
    assert told(url=True)["url"].startswith("https://www.linkedin.com/oauth/v2/authorization?")
    assert told(code=stand_in.CODE)["account_name"] == "Sandbox ads"
    settings.SITE_URL = "https://leads.example"
    assert told(webhook="on")["webhook"] == "waiting"
    assert told(disconnect=True)["state"] == "unconnected"
    assert server.asked[-1].method == "DELETE"


def test_other_workspace_is_not_given_them(connected, server, monkeypatch):
    monkeypatch.setattr(LinkedIn, "base_url", "https://api.linkedin.com/rest")

    with pytest.raises(SourceError, match="not connected yet"):
        search(people.workspace())
