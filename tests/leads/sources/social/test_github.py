"""GitHub: people by place, what they show of themselves, and its limits."""

from __future__ import annotations

from dataclasses import replace

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

    search(script, {"places": ["AT", "DE"]}, {"at": 1, "page": 1, "size": 10})

    places += [ask.one("q") for ask in script.asked if ask.path == "/search/users"][1:2]
    assert places == ['type:user location:"Austria"', 'type:user location:"Germany"']
    assert first.candidates


def everybody(script, criteria, cursor=None) -> list[str]:
    """Whom a search finds from there on, over all pages; each as often as it comes."""
    page = search(script, criteria, cursor)
    found = [each.record_id for each in page.candidates]
    return found + (everybody(script, criteria, page.next_cursor) if page.next_cursor else [])


def test_places_with_the_same_people_do_not_end_the_search(script):
    """Who names two places is found at both; an answer like that to the question before is no broken paging."""
    answer = script.answer
    script.answer = lambda ask: answer(replace(ask, query={**ask.query, "q": ["location:Berlin software"]}))

    found = everybody(script, {"places": ["city:Berlin,DE", "city:Vienna,AT", "city:Leeds,GB"]})

    assert found == 3 * list(dict.fromkeys(found))
    assert 0 < len(found) <= 30


@pytest.mark.parametrize("name", ["at", "place"])
def test_resumed_search_skips_and_repeats_nobody(script, name):
    criteria = {"places": ["AT", "DE", "GB"]}
    whole, cursor = everybody(script, criteria), {}
    first = []
    while cursor.get("at", 0) < 2:
        page = search(script, criteria, cursor)
        first, cursor = [*first, *(each.record_id for each in page.candidates)], page.next_cursor

    kept = {name if key == "at" else key: value for key, value in cursor.items()}

    assert first + everybody(script, criteria, kept) == whole
    assert len(set(whole)) == len(whole)


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
