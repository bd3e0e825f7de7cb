"""Whatever stands at one place of an answer: a connector gives a page, or an error with a sentence that carries the costs."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest
from django.utils import timezone

from leadengine.http import Answer, Call, Unanswered
from leadengine.outcomes import Dialect, Outcome, outcome_of, sentence
from leadengine.sandbox import running
from leadengine.sandbox.scripted import serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.connector import Connector
from leads.sources.door import Door
from leads.sources.email_providers.hunter import Hunter
from leads.sources.registry import connectors

pytestmark = pytest.mark.django_db

WRONG = (None, [], {}, "x", 10**30, [None], {"a": 1})
MOST_PLACES = 120  # of one connector's answers


@dataclass
class Replay:
    """Asks the provider the first time, and then answers the same from memory: with one place of one answer changed."""

    dialect: Dialect
    client: Any
    known: dict[str, Answer] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    gate: Any = None

    def ask(self, call: Call) -> Answer:
        name = f"{call.method} {call.address} {call.body}"
        if self.client is not None and name not in self.known:
            self.known[name] = self.client.ask(call)
        found = self.known.get(name)
        data = self.changed.get(name, found.data if found else None)
        outcome = outcome_of(200, data, self.dialect) if found else Outcome.NO_MATCH
        if outcome not in (Outcome.OK, Outcome.NO_MATCH):
            raise Unanswered(outcome, sentence(outcome, "It", self.dialect.said(data)))
        return Answer(outcome, 200, data, found.headers if found else {})


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in an answer; of a list's elements the first stands for all."""
    yield at
    inside = node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
    for key, value in inside:
        yield from places(value, (*at, key))


def changed(node: Any, at: tuple[Any, ...], value: Any) -> Any:
    if not at:
        return value
    copy = deepcopy(node)
    parent = copy
    for key in at[:-1]:
        parent = parent[key]
    parent[at[-1]] = value
    return copy


def request() -> SearchRequest:
    return SearchRequest(
        criteria=Criteria.from_json({"places": ["GB"]}), workspace_id=0, new_only=False, now=timezone.now()
    )


@pytest.fixture(params=connectors().values(), ids=connectors())
def replayed(request, settings) -> Iterator[tuple[Connector, Replay]]:
    """The connector and what it was answered; from here on without a network."""
    settings.SANDBOX = True
    kind = type(request.param)
    with serve(running.SCRIPTS[kind.provider]()) as script:
        yield from opened(kind(script.base_url))


def opened(it: Connector) -> Iterator[tuple[Connector, Replay]]:
    door = it.open(request())
    replay = Replay(it.dialect, door.client)
    it.open = lambda _request: Door(replay, door.base_url)  # type: ignore[arg-type, method-assign]
    it.search(request(), {}, 5)
    replay.client = None
    yield it, replay


def changes(replay: Replay) -> Iterator[dict[str, Any]]:
    """One place after the other, with one wrong value after the other."""
    where = [(name, answer.data, at) for name, answer in replay.known.items() for at in places(answer.data)]
    for number, (name, data, at) in enumerate(islice(where, MOST_PLACES)):
        for value in (WRONG[number % len(WRONG)], WRONG[(number + 3) % len(WRONG)]):
            yield {name: changed(data, at, value)}


def test_wrong_type_anywhere_is_a_page_or_an_error_with_a_sentence(replayed):
    it, replay = replayed

    assert [crash for each in changes(replay) if (crash := crash_with(it, replay, each))] == []


def crash_with(it: Connector, replay: Replay, change: dict[str, Any]) -> str:
    """What goes wrong with such an answer; "" where all is well."""
    replay.changed = change
    try:
        it.search(request(), {}, 5)
    except SourceError as error:
        return "" if error.asked else f"Its question is not counted: {change}"
    except Exception as error:
        return f"{error!r} for {change}"
    return ""


def test_what_was_paid_for_is_told_with_the_error(settings, monkeypatch):
    settings.SANDBOX = True
    monkeypatch.setattr(Hunter, "ask_page", lambda _self, door, *_: door.charge(door.get("/account"), 7) or {}["x"])
    with serve(running.SCRIPTS["hunter"]()) as script, pytest.raises(SourceError, match="could not be read") as caught:
        Hunter(script.base_url).search(request(), {}, 5)

    error = caught.value
    assert (error.asked, error.provider_credits, error.may_be_done, error.permanent) == (1, 7, True, True)
