"""The contract that every connector keeps, whichever provider it speaks to; a new one is tested by being installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import ThreadingHTTPServer

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.outcomes import Outcome
from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, Script, Trouble, serve_instead, start
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.criteria.terms import FIELDS
from leads.models import ProviderHealth
from leads.providers.cards import KINDS
from leads.providers.gate import DatabaseGate
from leads.sources.base import Page, SearchRequest, SourceError
from leads.sources.connector import Connector
from leads.sources.registry import connectors

pytestmark = pytest.mark.django_db

GB = {"places": ["GB"]}
EVERYTHING = {
    "keywords": {"any": ["works"], "level": "must"},
    "industries": {"values": ["software-development"], "none": ["banking"], "level": "must"},
    "places": {"values": ["city:London,GB", "region:dach"], "none": ["FR"], "level": "must"},
    "titles": {"values": ["Managing Director"], "level": "must"},
    "seniorities": {"values": ["c_level", "director"], "level": "must"},
    "departments": {"values": ["sales", "it"], "level": "must"},
    "technologies": {"values": ["SAP"], "level": "must"},
    "employees": {"min": 11, "max": 200, "level": "must"},
    "founded": {"min": 1990, "max": 2020, "level": "must"},
    "email": "must",
}


@dataclass
class Stage:
    """A connector at its own sandbox server, which the test may script."""

    connector: Connector
    script: Script

    def search(self, criteria=GB, cursor=None, limit=None) -> Page:
        return self.connector.search(request(criteria), cursor or {}, limit or self.connector.batch)

    def pages(self, criteria=GB, most=40) -> list[Page]:
        found, cursor = [], {}
        while cursor is not None and len(found) < most:
            found.append(self.search(criteria, cursor))
            cursor = found[-1].next_cursor
        return found


def request(criteria) -> SearchRequest:
    asked = Criteria.from_json(criteria)
    return SearchRequest(criteria=asked, workspace_id=0, new_only=False, now=timezone.now())


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, ThreadingHTTPServer]]:
    """Servers by provider, of which each is started once: to end one takes longer than most tests."""
    servers: dict[str, ThreadingHTTPServer] = {}
    yield servers
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(params=connectors().values(), ids=connectors())
def stage(request, settings, served, monkeypatch):
    """With a script of its own, and nothing in memory of what the address answered to the test before."""
    settings.SANDBOX = True
    monkeypatch.setattr("leadengine.http.JITTER", (0.0, 0.0))
    cache.clear()
    connector = type(request.param)
    script = running.SCRIPTS[connector.provider]()
    if connector.provider in served:
        serve_instead(served[connector.provider], script)
    else:
        served[connector.provider] = start(script)
    return Stage(connector(script.base_url), script)


@dataclass(frozen=True)
class Walk:
    """All pages of a search, and how many questions they took."""

    pages: list[Page]
    asked: int

    @property
    def candidates(self) -> list[Candidate]:
        return [each for page in self.pages for each in page.candidates]


WALKS: dict[str, Walk] = {}


@pytest.fixture
def walk(stage) -> Walk:
    """Made once for each connector: the tests that take it only look at it."""
    if stage.connector.name not in WALKS:
        pages = stage.pages()
        WALKS[stage.connector.name] = Walk(pages, len(stage.script.asked))
    return WALKS[stage.connector.name]


def test_says_who_it_is(stage):
    it = stage.connector

    assert all((it.name, it.title, it.reach, it.cost, it.freshness, it.limits))
    assert it.kind in KINDS
    assert type(it).base_url.startswith("https://")
    assert it.filters | it.knows <= set(FIELDS)
    assert it.stage == ("companies" if it.feeds else "people")
    assert not it.needs_key or it.key_page.startswith("https://")


def test_pages_come_to_an_end_without_repeats(stage, walk):
    ids = [each.record_id for each in walk.candidates]

    assert walk.pages[-1].next_cursor is None
    assert len(ids) == len(set(ids)) > 10
    assert all(len(page.candidates) + len(page.faults) <= stage.connector.batch for page in walk.pages)


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_come_than_are_wanted_and_nobody_is_lost(stage, limit):
    cursor, parts = {}, []
    while cursor is not None and len(parts) < 6:
        parts.append(stage.search(cursor=cursor, limit=limit))
        cursor = parts[-1].next_cursor

    ids = [each.record_id for page in parts for each in (*page.candidates, *page.faults)]
    assert all(len(page.candidates) + len(page.faults) <= limit for page in parts)
    assert len(ids) == len(set(ids)) > 0


def test_candidates_are_whole(stage, walk):
    found = walk.candidates

    assert all(each.source == stage.connector.name and each.record_id and each.evidence_url for each in found)
    assert all(0 < each.confidence <= 1 and each.observed_at and each.observed_at.tzinfo for each in found)
    assert all(Candidate.from_json(each.to_json()) == each for each in found)
    assert all(each.name or each.company.name for each in found)


def test_same_cursor_gives_the_same_again(stage):
    first = stage.search(limit=5)

    again = stage.search(limit=5)

    assert [each.record_id for each in again.candidates] == [each.record_id for each in first.candidates]
    assert again.next_cursor == first.next_cursor


def test_what_it_filters_meets_the_criteria(stage):
    years = {"founded": {"min": 2000, "max": 2015}} if "founded" in stage.connector.filters else {}
    criteria = GB | years

    found = [each for page in stage.pages(criteria) for each in page.candidates]

    asked = Criteria.from_json(criteria)
    assert found
    assert [each for one in found for each in asked.judge(one) if each.found != "not known"] == []


def test_every_criterion_is_filtered_known_or_said_to_be_unknown(stage):
    asked = Criteria.from_json(EVERYTHING)

    unsupported, unknown = stage.connector.unsupported(asked), stage.connector.unknown(asked)

    assert set(unknown) <= set(unsupported)
    assert not set(unsupported) & stage.connector.filters
    assert not set(unknown) & (stage.connector.filters | stage.connector.knows)


def test_everything_at_once_is_a_question_that_it_can_ask(stage):
    pages = stage.pages(EVERYTHING)

    assert pages[-1].next_cursor is None


def test_count_is_not_less_than_what_comes(stage, walk):
    count = stage.connector.count(request(GB))

    companies = {each.company.name for each in walk.candidates}
    assert count.value >= (len(companies) if stage.connector.feeds else 1)


def test_nothing_that_matches_is_an_empty_page(stage):
    stage.script.always = Trouble(Reply({}, status=404))

    page = stage.search()

    assert (page.candidates, page.next_cursor, page.faults, page.provider_credits) == ((), None, (), 0)
    assert stage.connector.count(request(GB)).value == 0


def test_questions_are_counted(walk):
    assert sum(page.asked for page in walk.pages) == walk.asked


def test_key_travels_in_a_header_or_in_the_address_and_nowhere_else(stage):
    stage.search(limit=5)

    told = stage.connector.credentials("sandbox-key") if stage.connector.needs_key else {}
    assert bool(told) or not any("authorization" in ask.headers for ask in stage.script.asked)
    assert all(ask.headers[name.lower()] == value for ask in stage.script.asked for name, value in told.items())
    is_in_address = bool(stage.connector.parameters("sandbox-key"))
    assert all(("sandbox-key" in str(dict(ask.query))) == is_in_address for ask in stage.script.asked)


TROUBLES = {
    "key refused": (Reply({}, 401), True, "refused the key"),
    "out of credits": (Reply({}, 402), True, "no credits left"),
    "not understood": (Reply({}, 422), True, "did not understand"),
    "too often": (Reply({}, 429, {"Retry-After": "30"}), False, "asks to wait"),
    "down": (Reply({}, 503), False, "error of its own (503)"),
    "broken": (Reply(raw=b'{"items": ['), False, "could not be read"),
    "another form": (Reply({"items": 7, "data": 7}), False, "could not be read"),
    "a list": (Reply([1, 2]), False, "could not be read"),
    "an empty object": (Reply({}), False, "could not be read"),
}


@pytest.mark.parametrize(("reply", "is_permanent", "words"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_an_error_with_a_sentence_and_no_page(stage, reply, is_permanent, words):
    stage.script.always = Trouble(reply)
    if words == "refused the key" and not stage.connector.needs_key:
        is_permanent, words = False, "refused to answer"

    with pytest.raises(SourceError, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        stage.search()

    assert caught.value.permanent is is_permanent
    assert not caught.value.is_turn
    assert caught.value.asked == 1
    assert caught.value.provider_credits == 0


@pytest.mark.parametrize("reply", [Reply({}), Reply([])], ids=["an empty object", "an empty list"])
def test_answer_of_another_form_is_no_count(stage, reply):
    stage.script.always = Trouble(reply)

    with pytest.raises(SourceError, match="could not be read"):
        stage.connector.count(request(GB))


def test_closed_gate_is_a_turn_to_wait_for_and_no_question(stage):
    key = "sandbox-key" if stage.connector.needs_key else ""
    gate = DatabaseGate(f"sandbox:{stage.connector.provider}", key)
    gate.leave(Outcome.RATE_LIMITED, said="Too often.", seconds=0.1, wait=40.0)

    with pytest.raises(SourceError) as caught:
        stage.search()

    assert (caught.value.is_turn, caught.value.permanent, caught.value.asked) == (True, False, 0)
    assert 30 < caught.value.retry_after <= 40
    assert stage.script.asked == []


def test_failure_is_written_down_for_people(stage):
    stage.script.always = Trouble(Reply({}, 402))
    with pytest.raises(SourceError):
        stage.search()

    row = ProviderHealth.objects.get()

    assert (row.standing, row.asked) == ("out_of_credits", 1)
    assert row.last_error.startswith(stage.connector.title)


def test_records_of_another_form_are_faults_and_the_others_come(stage):
    """Each object in the answers loses what names it: nothing crashes, nobody is made up."""
    answer = stage.script.answer
    stage.script.answer = lambda ask: without_names(answer(ask))  # type: ignore[method-assign]

    page = stage.search()

    assert all(each.record_id for each in page.candidates)


def without_names(reply: Reply) -> Reply:
    lost = {"company_name", "attributes", "value", "name", "organization"}

    def strip(data):
        if isinstance(data, dict):
            return {key: strip(value) for key, value in data.items() if key not in lost}
        return [strip(each) for each in data] if isinstance(data, list) else data

    return replace(reply, data=strip(reply.data))


def test_slow_provider_gives_smaller_pages_and_loses_nobody(stage, walk, monkeypatch):
    whole = {each.record_id for each in walk.candidates}
    monkeypatch.setattr("leads.sources.door.LONG", 0.0)

    parts = stage.pages(most=200)

    assert {each.record_id for page in parts for each in page.candidates} == whole


def test_repeated_page_ends_the_search_with_a_sentence(stage):
    """A provider whose paging is broken answers the first page for ever."""
    first = stage.search(limit=5)
    only = stage.connector.ask_page

    stage.connector.ask_page = lambda door, request, _cursor, limit: replace(  # type: ignore[method-assign]
        only(door, request, {}, limit), next_cursor={"page": _cursor.get("page", 0) + 1}
    )

    with pytest.raises(SourceError, match="repeats the same answer") as caught:
        stage.search(cursor={"page": 1, "seen": first.next_cursor["seen"]}, limit=5)

    assert caught.value.permanent


def test_key_is_tested_by_one_question(stage):
    found = stage.connector.test_key("a-key-of-a-test")

    assert found.said.startswith("It ")
    assert len(stage.script.asked) == 1
