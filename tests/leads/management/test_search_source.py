"""`manage.py search_source` shows what a source answers, page by page."""

import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from leadengine.sandbox import hunter
from leadengine.sandbox.scripted import serve
from leads.sample import load_sample_directory
from tests.factories import providers

pytestmark = pytest.mark.django_db


def ask(source: str = "directory", **options) -> dict:
    out = StringIO()
    call_command("search_source", source, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def directory() -> None:
    load_sample_directory(40, 160, 1)


def test_all_pages_hold_as_many_as_the_count_says(directory):
    answer = ask(limit=1000)

    assert answer["count"] == len(answer["candidates"]) > 100
    assert answer["next_cursor"] is None


def test_limit_leaves_a_cursor(directory):
    answer = ask(limit=7)

    assert len(answer["candidates"]) == 7
    assert answer["next_cursor"]


def test_criteria_filter(directory):
    answer = ask(criteria='{"seniorities": ["c_level"]}', limit=1000)

    assert 0 < answer["count"] == len(answer["candidates"]) < ask()["count"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"source": "nowhere"}, "nowhere"),
        ({"criteria": '{"colour": 1}'}, "colour"),
        ({"criteria": "{"}, "not JSON"),
        ({"source": "file"}, "No file was chosen"),
    ],
)
def test_what_is_wrong_is_said(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(**options)


def test_provider_is_asked_in_the_sandbox(settings):
    settings.SANDBOX = True

    answer = ask("companies_house", criteria='{"places": ["GB"], "titles": ["CTO"]}', limit=20, sandbox=True)

    assert answer["count"] == 46
    assert answer["unsupported"] == ["titles"]
    assert answer["asked"] > 1
    assert len(answer["candidates"]) <= 20
    assert all(["is_sample", "true"] in each["extra"] for each in answer["candidates"])


def test_stand_in_is_asked_and_sent_no_real_key(settings):
    settings.SANDBOX = True
    providers.key(None, text="k3y-0815-of-the-server")
    with serve(hunter.script()) as script:
        answer = ask("hunter", base_url=script.base_url, limit=10)

    searches = [each for each in script.asked if each.path == "/domain-search"]
    assert (answer["provider_credits"], answer["unknown"]) == (len(searches), [])
    assert {each.headers["x-api-key"] for each in script.asked} == {"sandbox-key"}


def test_provider_that_charges_for_a_count_is_asked_for_none_and_for_no_more_than_the_limit(settings):
    settings.SANDBOX = True
    cache.clear()

    answer = ask("people_data_labs", criteria='{"places": ["GB"]}', limit=23, sandbox=True)

    assert (answer["count"], answer["asked"], answer["provider_credits"]) == (None, 2, 23.0)


@pytest.mark.parametrize(
    ("source", "options", "sentence"),
    [
        ("directory", {"base_url": "http://127.0.0.1:9"}, "is not on the network"),
        ("hunter", {"base_url": "gopher://x"}, "begins with http"),
        ("hunter", {}, "needs a key"),
        ("hunter", {"workspace": "nobody"}, "no workspace"),
        ("gleif", {"base_url": "http://169.254.169.254/"}, "must not be connected to"),
    ],
)
def test_what_is_wrong_with_a_provider_is_said(source, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(source, **options)


def test_server_without_a_sandbox_asks_none(settings):
    settings.SANDBOX = False

    with pytest.raises(CommandError, match="no sandbox"):
        ask("hunter", sandbox=True)
