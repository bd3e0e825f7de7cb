"""X: words become questions, what is billed is counted, and its ways to refuse."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import x as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.social.x import FIELDS, X

pytestmark = pytest.mark.django_db
LEEDS = {"places": ["city:Leeds,GB"]}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, cursor=None, limit=50):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return X(script.base_url).search(asked, cursor or {}, limit)


def test_words_become_a_question(script):
    search(script, {"titles": ["Head of Sales"]} | LEEDS)

    (ask,) = script.asked
    assert (ask.one("query"), ask.one("max_results"), ask.one("user.fields")) == ("Head of Sales Leeds", "50", FIELDS)


def test_without_a_word_it_says_what_it_needs(script):
    with pytest.raises(SourceError, match="needs a job title, a keyword or a place"):
        search(script, {})

    assert script.asked == []


def test_profile_is_read(script):
    found = search(script, {"titles": ["Head of Sales"]}).candidates[0]

    assert (found.title, found.country, found.city) == ("Head of Sales", "GB", "Manchester")
    assert (found.company.name, found.evidence_url) == (
        "Birchfield Works",
        f"https://x.com/{dict(found.extra)['x']}",
    )


def test_each_profile_is_counted_once(script):
    pages = [search(script, {"places": ["GB"]}, limit=7) for _ in range(2)]

    assert [(page.asked, page.provider_credits) for page in pages] == [(1, 7), (0, 0)]


def test_paid_question_is_not_asked_again_by_itself(script):
    script.always = Trouble(Reply({}, 503))

    with pytest.raises(SourceError):
        search(script, LEEDS)

    assert len(script.asked) == 1


CAPPED = {"title": "UsageCapExceeded", "type": "https://api.x.com/2/problems/usage-capped", "detail": "Cap exceeded"}
INVALID = {"errors": [{"title": "Invalid Request", "detail": "The query is too long", "type": "about:blank"}]}


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(CAPPED, 429), "no credits left"),
        (Reply(INVALID), "The query is too long"),
        (Reply(INVALID, 400), "The query is too long"),
    ],
    ids=["cap used up", "error inside a 200", "problem"],
)
def test_refusal_is_read(script, reply, words):
    script.always = Trouble(reply)

    with pytest.raises(SourceError, match=words) as caught:
        search(script, LEEDS)

    assert caught.value.permanent
    assert caught.value.provider_credits == 0


def test_users_beside_an_error_are_taken(script):
    user = {"id": "7", "name": "Ada", "username": "ada"}
    script.always = Trouble(Reply({"data": [user], "meta": {"result_count": 1}, **INVALID}))

    assert [each.name for each in search(script, LEEDS).candidates] == ["Ada"]
