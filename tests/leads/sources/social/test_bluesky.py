"""Bluesky: words become a question, a profile becomes a person."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import bluesky as sandbox
from leadengine.sandbox.scripted import serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.social.bluesky import Bluesky

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, cursor=None):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return Bluesky(script.base_url).search(asked, cursor or {}, 50)


@pytest.mark.parametrize(
    ("criteria", "asked"),
    [
        ({"titles": ["CTO"], "places": ["city:Leeds,GB", "DE"]}, ["CTO Leeds", "CTO Germany"]),
        ({"places": ["region:dach"]}, ["Austria", "Germany", "Switzerland"]),
        ({"keywords": {"any": ["pumps"], "level": "must"}}, ["pumps"]),
    ],
)
def test_words_become_questions_one_after_the_other(script, criteria, asked):
    cursor = {}
    while cursor is not None:
        cursor = search(script, criteria, cursor).next_cursor

    assert list(dict.fromkeys(ask.one("q") for ask in script.asked)) == asked


def test_without_a_word_it_says_what_it_needs(script):
    with pytest.raises(SourceError, match="needs a job title, a keyword or a place") as caught:
        search(script, {"seniorities": ["c_level"]})

    assert (caught.value.permanent, caught.value.asked, script.asked) == (True, 0, [])


def test_profile_is_read(script):
    found = next(each for each in search(script, {"titles": ["Head of Sales"]}).candidates if each.email)

    assert (found.title, found.country, found.city) == ("Head of Sales", "GB", "Edinburgh")
    assert (found.company.name, found.email.partition("@")[2]) == ("Driftfield Labs", "driftfield.example")
