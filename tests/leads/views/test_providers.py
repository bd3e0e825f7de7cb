"""The settings of sources: managers enter keys that nobody sees again; everybody sees how providers fare."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leadengine.outcomes import Outcome
from leadengine.sandbox import hunter
from leadengine.sandbox.scripted import serve
from leadengine.workflows.dispatch import turn
from leads.models import ProviderHealth, ProviderKey, Standing
from leads.providers.gate import DatabaseGate
from leads.sources import registry
from leads.sources.email_providers.hunter import Hunter
from tests.factories import people, providers

pytestmark = pytest.mark.django_db

PAGE, SET, SIGNS, OPINIONS = (reverse(f"leads:provider-{name}") for name in ("list", "key-set", "signs", "opinions"))
KEY = "k3y-0815-never-shown"


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def manager(client, workspace):
    client.force_login(people.membership(workspace, "manager").user)
    return client


@pytest.fixture
def hunter_server(settings, monkeypatch):
    settings.SANDBOX = True
    with serve(hunter.script()) as script:
        monkeypatch.setitem(registry.SOURCES, "hunter", Hunter(script.base_url))
        yield script


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_key_is_kept_tested_and_never_shown(manager, workspace, hunter_server):
    answer = manager.post(SET, {"provider": "hunter", "key": KEY}, follow=True)
    assert "Testing the key" in text(answer)

    assert turn(now=timezone.now())

    shown = text(manager.get(PAGE))
    assert "It works; 1,240 Hunter credits left" in shown
    assert "own" in shown
    assert KEY not in shown
    row = ProviderKey.objects.get()
    assert (row.workspace, row.standing, row.credits_left, row.is_testing) == (workspace, "working", 1240, False)
    assert hunter_server.asked[-1].headers["x-api-key"] == KEY


def test_refused_key_is_told(manager, hunter_server):
    manager.post(SET, {"provider": "hunter", "key": hunter.BAD_KEY})

    turn(now=timezone.now())

    assert "Hunter refused the key" in text(manager.get(PAGE))


def test_audit_names_the_provider_and_not_the_key(manager):
    manager.post(SET, {"provider": "hunter", "key": KEY})

    event = AuditEvent.objects.get(verb="provider.key_set")
    assert event.after == {"provider": "hunter", "ending": "hown"}
    assert "k3y" not in str(vars(event))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"provider": "hunter", "key": ""}, "Paste the key"),
        ({"provider": "hunter", "key": "with a blank"}, "without blanks"),
        ({"provider": "nobody", "key": KEY}, ""),
        ({}, ""),
    ],
)
def test_unusable_key_is_422_and_is_not_echoed(manager, sent, sentence):
    answer = manager.post(SET, sent)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert text(answer).count("needs your attention") <= 1
    assert "with a blank" not in text(answer)
    assert not ProviderKey.objects.exists()


def test_server_that_cannot_seal_says_so(manager, settings):
    settings.FIELD_KEYS = []

    answer = manager.post(SET, {"provider": "hunter", "key": KEY})

    assert answer.status_code == 422
    assert "FIELD_KEYS" in text(answer)


def test_key_is_tested_again_on_demand_and_removed(manager, workspace, hunter_server):
    row = providers.key(workspace, standing=Standing.KEY_REFUSED)
    manager.post(reverse("leads:provider-key-test", args=[row.pk]))
    turn(now=timezone.now())
    row.refresh_from_db()
    assert row.standing == Standing.WORKING

    manager.post(reverse("leads:provider-key-remove", args=[row.pk]))

    assert not ProviderKey.objects.exists()


def test_key_of_the_server_is_used_and_left_alone(manager):
    row = providers.key(None)

    shown = text(manager.get(PAGE))

    assert "Key of this server" in shown
    assert manager.post(reverse("leads:provider-key-remove", args=[row.pk])).status_code == 404


def test_rep_sees_how_providers_fare_and_no_form(client, workspace):
    client.force_login(people.rep(workspace))
    providers.key(workspace, text=KEY)
    DatabaseGate("hunter", KEY).leave(Outcome.OUT_OF_CREDITS, said="Hunter is empty.", seconds=0.1, wait=0.0)

    shown = text(client.get(PAGE))

    assert "Out of credits" in shown
    assert "Hunter is empty." in shown
    assert "Keep and test" not in shown


def test_manager_chooses_whether_a_key_is_spent_on_second_opinions(manager, workspace):
    providers.key(workspace, "hunter")
    asked = "Use for second opinions"
    assert asked in text(manager.get(PAGE))

    manager.post(OPINIONS, {"provider": "hunter", "is_asked": "1"})

    shown = text(manager.get(PAGE))
    assert (asked in shown, "Stop second opinions" in shown) == (False, True)
    assert AuditEvent.objects.get(verb="provider.opinions_wanted").after == {"provider": "hunter"}
    assert manager.post(OPINIONS, {"provider": "apollo", "is_asked": "1"}).status_code == 422


def test_page_takes_a_fixed_number_of_queries(manager, workspace, django_assert_max_num_queries):
    for provider in registry.by_provider():
        providers.key(workspace, provider)

    with django_assert_max_num_queries(14):
        manager.get(PAGE)


def test_region_asks_again_only_while_a_key_is_tested(manager, workspace):
    calm = text(manager.get(PAGE, headers={"HX-Request": "true"}))
    row = providers.key(workspace)
    row.queue_test()
    row.save()

    busy = text(manager.get(PAGE, headers={"HX-Request": "true"}))

    assert "every 2s" in busy
    assert "every 2s" not in calm
    assert "<html" not in busy


def test_signs_take_their_places_in_the_builder(manager, workspace):
    providers.key(workspace, text=KEY, standing=Standing.WORKING)

    builder, signs = (
        text(manager.get(reverse("leads:search-new"))),
        text(manager.get(SIGNS, headers={"HX-Request": "true"})),
    )

    for name in registry.connectors():
        assert f'id="sign-{name}"' in builder
        assert f'id="sign-{name}" hx-swap-oob="true"' in signs
    assert "Needs a key" in signs
    assert "Working" in signs
    assert "Needs no key" in signs
    assert manager.get(SIGNS)["Location"] == PAGE


@pytest.mark.parametrize(
    ("has_key", "ticked", "is_closed"),
    [(False, ["directory"], True), (True, ["directory"], False), (False, ["directory", "x"], False)],
    ids=["no key", "a key", "ticked before its key was taken away"],
)
def test_source_without_its_key_cannot_be_chosen(manager, workspace, has_key, ticked, is_closed):
    if has_key:
        providers.key(workspace, "x")
    (box,) = re.findall(r'<input type="checkbox"[^>]*value="x"[^>]*>', text(manager.get(reverse("leads:search-new"))))

    signs = text(manager.get(SIGNS, {"sources": ticked}, headers={"HX-Request": "true"}))

    closed = re.findall(r'<input [^>]*value="x" id="(\w+)" disabled hx-swap-oob="true">', signs)
    assert closed == re.findall(r'id="(\w+)"', box) * is_closed


def test_sample_shows_its_providers_as_invented(client, settings):
    settings.SANDBOX = True
    client.force_login(people.rep(people.workspace(is_sample=True)))

    assert text(client.get(PAGE)).count("Invented data") >= 4
    assert text(client.get(reverse("leads:search-new"))).count("Invented data") >= 4


TOLD = {"working": ("any-key-0815", "It works; "), "key_refused": (hunter.BAD_KEY, "Hunter refused the key")}


@pytest.mark.parametrize("standing", TOLD)
def test_key_entered_in_the_sample_is_tested_by_the_stand_in_and_told(client, settings, standing):
    key, words = TOLD[standing]
    settings.SANDBOX = True
    sample = people.workspace(is_sample=True)
    client.force_login(people.owner(sample))

    client.post(SET, {"provider": "hunter", "key": key})
    turn(now=timezone.now())

    assert ProviderKey.objects.get().standing == standing
    shown = text(client.get(PAGE))
    assert words in shown
    assert f"ending in <code>{key[-4:]}</code>" in shown


def test_verifier_in_the_sample_waits_for_a_key_and_tells_its_credits(client, settings):
    settings.SANDBOX = True
    sample = people.workspace(is_sample=True)
    client.force_login(people.membership(sample, "manager").user)
    assert "Needs a key" in text(client.get(PAGE))

    client.post(SET, {"provider": "zerobounce", "key": KEY})
    turn(now=timezone.now())

    shown = text(client.get(PAGE))
    assert "ZeroBounce credits left" in shown
    assert KEY not in shown


def test_page_tells_apart_who_finds_and_who_is_asked_about_one(manager):
    shown = text(manager.get(PAGE))

    finds, asked = shown.index("Where people and companies come from"), shown.index("Second opinions on addresses, and")
    assert finds < shown.index(">Hunter</h3>") < asked < shown.index(">ZeroBounce</h3>")


def test_key_is_removed_by_a_dialog_that_names_it_and_tells_when_it_was_used(manager, workspace):
    key = providers.key(workspace)
    ProviderHealth.objects.create(provider="hunter", key_digest=key.digest, last_answer_at=timezone.now())

    shown = text(manager.get(PAGE))

    assert "Remove the key of Hunter?</h2>" in shown
    assert "last used <time" in shown
