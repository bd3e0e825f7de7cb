"""Mastodon: which instance is asked, what becomes a question, who is left alone, and where a page goes on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import mastodon as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.door import open_door
from leads.sources.social.mastodon import Mastodon, next_of

pytestmark = pytest.mark.django_db
LEEDS = {"places": ["city:Leeds,GB"]}


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        yield script


def search(script, criteria, cursor=None, limit=40):
    asked = SearchRequest(criteria=Criteria.from_json(criteria), workspace_id=0, new_only=False, now=timezone.now())
    return Mastodon(script.base_url).search(asked, cursor or {}, limit)


def only(script, **said):
    """The instance answers with one profile, which says this."""
    account = {
        "uri": "https://far.example/users/ada",
        "acct": "ada@far.example",
        "username": "ada",
        "discoverable": True,
    }
    script.always = Trouble(Reply({"accounts": [account | said]}))
    return search(script, LEEDS).candidates


@pytest.mark.parametrize(
    ("key", "address", "token"),
    [
        ("social.example:secret", "https://social.example", "secret"),
        ("https://Social.Example/:secret", "https://social.example", "secret"),
        ("secret", "https://mastodon.social", "secret"),
    ],
    ids=["instance", "pasted address", "none"],
)
def test_key_names_the_instance(key, address, token):
    assert Mastodon().address(key) == address
    assert Mastodon().credentials(key) == {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "social.example:8080", "a.example/path", "ada@a.example"])
def test_what_is_no_instance_is_not_asked(host):
    with pytest.raises(Unanswered, match="names no instance") as caught:
        Mastodon().address(f"{host}:secret")

    assert (caught.value.outcome, caught.value.was_asked) == (Outcome.KEY_REFUSED, False)


def test_instance_is_guarded_as_every_address(settings):
    settings.GUARD_ALLOWED_NETWORKS = []

    door = open_door(Mastodon(), 0, key="social.example:a-token-of-a-test")

    assert (door.base_url, door.client.wire.allowed) == ("https://social.example", ())
    assert "a-token-of-a-test" in door.client.secrets


def test_words_are_asked_for_and_without_any_the_directory(script):
    search(script, {"titles": ["Head of Sales"]} | LEEDS)
    search(script, {})

    first, second = script.asked
    assert (first.path, first.one("q"), first.one("type")) == ("/api/v2/search", "Head of Sales Leeds", "accounts")
    assert (second.path, second.one("q")) == ("/api/v1/directory", "")


def test_profile_is_read(script):
    found = next(
        each for each in search(script, {"titles": ["Head of Sales"], "places": ["AT"]}).candidates if each.email
    )

    assert (found.title, found.country, found.city) == ("Head of Sales", "AT", "Wien")
    assert found.email.partition("@")[2].partition(".")[0] == found.company.name.partition(" ")[0].lower()
    assert found.evidence_url.startswith("https://social.example/@")
    assert ":" not in found.full_name


def test_table_of_a_profile_tells_more(script):
    rows = {"Work": "<p>CTO at Acme</p>", "Location": "Leeds", "LinkedIn": "https://www.linkedin.com/in/ada-1"}
    fields = [{"name": name, "value": value} for name, value in rows.items()]

    (found,) = only(script, note="<p>Hi @bob@far.example</p>", fields=fields, display_name="")

    assert (found.title, found.company.name, found.city, found.full_name) == ("CTO", "Acme", "Leeds", "ada")
    assert (found.linkedin_url, found.email) == ("https://www.linkedin.com/in/ada-1", "")
    assert found.extra == (("mastodon", "ada@far.example"),)


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ({}, True),
        ({"discoverable": None}, False),
        ({"discoverable": False}, False),
        ({"noindex": True}, False),
        ({"bot": True}, False),
        ({"suspended": True}, False),
    ],
    ids=["wants to be found", "did not say", "does not", "no search engines", "bot", "suspended"],
)
def test_who_does_not_want_to_be_found_is_left_alone(script, said, is_found):
    assert bool(only(script, **said)) is is_found


def test_questions_come_one_after_the_other_though_they_have_the_same_answer(script):
    both = {"places": ["city:Leeds,GB", "city:Cardiff,GB"]}
    script.always = Trouble(
        Reply({"accounts": [{"uri": "https://a.example/1", "username": "a", "discoverable": True}]})
    )

    first = search(script, both)
    second = search(script, both, first.next_cursor)

    assert [ask.one("q") for ask in script.asked] == ["Leeds", "Cardiff"]
    assert len(first.candidates) == len(second.candidates) == 1
    assert second.next_cursor is None


def test_page_goes_on_where_its_link_says_also_when_it_was_kept(script):
    """The second time the first page comes from the memory."""
    first = [search(script, {"places": ["GB"]}, limit=7).next_cursor for _ in range(2)]

    search(script, {"places": ["GB"]}, first[1], limit=7)

    assert first[0] == first[1]
    assert [ask.one("offset") for ask in script.asked] == ["", "7"]


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ('<https://a.example/x?offset=40&q=y>; rel="next"', {"offset": "40"}),
        (
            '<https://a.example/x?min_id=1>; rel="prev", <https://evil.example/x?max_id=2&key=3>; rel=next',
            {"max_id": "2"},
        ),
        ('<https://a.example/x?min_id=1>; rel="prev"', {}),
        ("garbage", {}),
    ],
    ids=["next", "second of two", "only before", "none"],
)
def test_only_the_place_of_a_link_is_taken(link, place):
    assert next_of(link) == place


def test_end_of_the_window_is_waited_for(script):
    ends = (datetime.now(UTC) + timedelta(seconds=90)).isoformat()
    script.always = Trouble(Reply({"error": "Too many requests"}, 429, {"X-RateLimit-Reset": ends}))

    with pytest.raises(SourceError) as caught:
        search(script, LEEDS)

    assert (caught.value.permanent, caught.value.retry_after) == (False, pytest.approx(90, abs=5))


def test_test_of_a_key_names_the_instance_and_the_account(script):
    assert Mastodon(script.base_url).test_key("social.example:a-token").said == "It works at social.example as @tester"
