"""Bluesky: words become a question, a profile becomes a person."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import bluesky as sandbox
from leadengine.sandbox.scripted import serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest
from leads.sources.social.bluesky import Bluesky

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return Bluesky(script.base_url).search(asked, {}, 50)


@pytest.mark.parametrize(
    ("criteria", "asked"),
    [
        ({"titles": ["CTO", "Head of Sales"]}, '"CTO" OR "Head of Sales"'),
        ({"titles": ["CTO"], "places": ["city:Leeds,GB", "DE"]}, '"CTO" "Leeds" OR "Germany"'),
    ],
)
def test_words_become_a_question(script, criteria, asked):
    search(script, criteria)

    assert script.asked[0].one("q") == asked


def test_without_a_word_nobody_is_asked(script):
    assert (search(script, {}).candidates, script.asked) == ((), [])


def test_profile_is_read(script):
    found = next(each for each in search(script, {"titles": ["Head of Sales"]}).candidates if each.email)

    assert (found.title, found.country, found.city) == ("Head of Sales", "GB", "Edinburgh")
    assert (found.company.name, found.email.partition("@")[2]) == ("Driftfield Labs", "driftfield.example")
