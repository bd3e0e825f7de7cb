"""`manage.py source_keys`: the same as the page, for scripts; a key comes on standard input and never goes out."""

from __future__ import annotations

import io

import pytest

from leadengine.sandbox import hunter
from leadengine.sandbox.scripted import serve
from leadengine.workflows.providers import installed
from leads.models import ProviderKey
from leads.sources import registry
from leads.sources.email_providers.hunter import Hunter
from tests.commands import data, refused, words
from tests.factories import people, providers

pytestmark = pytest.mark.django_db

KEY = "k3y-0815-of-a-script"


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.SANDBOX = True
    with serve(hunter.script()) as script:
        monkeypatch.setitem(registry.SOURCES, "hunter", Hunter(script.base_url))
        yield script


def told(answer: dict, provider: str = "hunter") -> dict:
    return next(each for each in answer["providers"] if each["provider"] == provider)


def test_key_is_set_and_tested_in_one_go(monkeypatch):
    workspace = people.workspace(slug="acme")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))

    answer = data("source_keys", "--workspace", "acme", "--set", "hunter")

    hunter_told = told(answer)
    assert hunter_told["key"] == {"ending": "ript", "of": "workspace"}
    assert (hunter_told["standing"], hunter_told["credits_left"]) == ("working", 1240.0)
    assert hunter_told["said"] == "It works; 1,240 Hunter credits left"
    assert ProviderKey.objects.get().workspace == workspace
    assert KEY not in str(answer)


def test_key_of_the_server_serves_every_workspace(monkeypatch):
    people.workspace(slug="acme")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    data("source_keys", "--set", "hunter")

    assert told(data("source_keys", "--workspace", "acme"))["key"] == {"ending": "ript", "of": "server"}


def test_second_opinions_are_chosen_for_a_workspace():
    providers.key(people.workspace(slug="acme"), "hunter")

    assert told(data("source_keys", "--workspace", "acme"))["second_opinions"] is False
    assert told(data("source_keys", "--workspace", "acme", "--opinions", "hunter"))["second_opinions"] is True
    assert told(data("source_keys", "--workspace", "acme", "--no-opinions", "hunter"))["second_opinions"] is False
    assert "--workspace" in refused("source_keys", "--opinions", "hunter")


def test_key_is_tested_and_removed():
    providers.key(None, text=hunter.BAD_KEY)

    assert told(data("source_keys", "--test", "hunter"))["standing"] == "key_refused"
    assert told(data("source_keys", "--remove", "hunter"))["key"] is None


def test_keys_are_sealed_anew(settings):
    settings.FIELD_KEYS = ["old"]
    providers.key(None)
    settings.FIELD_KEYS = ["new", "old"]

    assert data("source_keys", "--rotate") == {"resealed": 1, "lost": 0}


def test_list_for_people_names_each_provider():
    shown = words("source_keys")

    assert "Companies House: Needs a key, no key." in shown
    assert "GLEIF: Needs no key, no key." in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--workspace", "nobody"), "There is no workspace “nobody”."),
        (("--test", "hunter"), "There is no key of hunter here."),
        (
            ("--set", "nobody"),
            f"There is no provider “nobody”. Installed are: {', '.join(installed())}.",
        ),
        (("--set", "hunter"), "A key has 8 to 500 letters, digits and signs, without blanks."),
    ],
)
def test_what_is_wrong_is_said(monkeypatch, arguments, sentence):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    assert refused("source_keys", *arguments) == sentence
