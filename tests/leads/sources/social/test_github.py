"""GitHub: people by place, what they show of themselves, and its limits."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import github as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.social.github import GitHub

pytestmark = pytest.mark.django_db


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, cursor=None):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return GitHub(script.base_url).search(asked, cursor or {}, 10)


def test_profile_is_read(script):
    found = search(script, {"places": ["city:Berlin,DE"]}).candidates[0]

    assert (found.title, found.country, found.city) == ("Chief Technology Officer", "DE", "Berlin")
    assert found.company.name == "Ambergate Partners" or found.company.name
    assert found.evidence_url.startswith("https://github.com/")


@pytest.mark.parametrize(
    ("places", "asked"),
    [
        (["city:Berlin,DE"], 'type:user location:"Berlin"'),
        (["GB"], 'type:user location:"United Kingdom"'),
        ([], "type:user repos:>5"),
    ],
)
def test_place_becomes_a_question(script, places, asked):
    search(script, {"places": places} if places else {})

    assert script.asked[0].one("q") == asked


def test_places_come_one_after_the_other(script):
    first = search(script, {"places": ["AT", "DE"]})
    places = [script.asked[0].one("q")]

    search(script, {"places": ["AT", "DE"]}, {"place": 1, "page": 1, "size": 10})

    places += [ask.one("q") for ask in script.asked if ask.path == "/search/users"][1:2]
    assert places == ['type:user location:"Austria"', 'type:user location:"Germany"']
    assert first.candidates


def test_forbidden_may_mean_too_often(script):
    script.always = Trouble(Reply({"message": "API rate limit exceeded for user"}, 403, {"Retry-After": "60"}))

    with pytest.raises(SourceError) as caught:
        search(script, {})

    assert (caught.value.permanent, caught.value.retry_after) == (False, 60.0)


def test_profile_that_is_gone_is_skipped(script):
    answer = script.answer
    script.answer = lambda ask: Reply({}, 404) if ask.path.startswith("/users/") else answer(ask)

    page = search(script, {"places": ["GB"]})

    assert (page.candidates, page.faults) == ((), ())
