"""The contract of a source on the network: what it can filter, what it knows, what it costs, and one page of its answers."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import PLAIN, WRONG_TYPES, Dialect, Outcome
from leads.candidate import SAMPLE, Candidate
from leads.criteria import Criteria
from leads.sources.answers import WrongTypes, holding, listed, read_each, readable, text, whole
from leads.sources.base import Count, Cursor, Page, SearchRequest, Source, SourceError
from leads.sources.door import Door, key_for, open_door

__all__ = ["WRONG_TYPES", "Connector", "KeyTest", "holding", "listed", "read_each", "text", "whole"]


@dataclass(frozen=True, slots=True)
class KeyTest:
    """What a provider said to a key: a sentence, and the credits left where it tells them."""

    said: str
    credits_left: Decimal | None = None


class Connector(Source):
    """One provider on the network; docs/adding-a-source.md says how to write one.

    `filters`: the criteria that go into its question; `knows`: those whose facts its records carry, so that the engine
    can judge them. A *must* that is in neither can never hold for its records alone. `is_fed`: it is asked for people at
    companies that other sources found. `completes`: its pages hold less than it sells; `complete` buys the rest of those
    that are wanted, a `batch` at a time, for `rest_costs` of the provider's credits each. `page_costs`: what each record
    that a page shows costs there, so that the page is a purchase; `is_rationed`: no more records are asked for than the
    run may deliver leads. `own_for_a_lead`: the most of the provider's credits that a run may take for each lead that it
    may deliver, though `own_at_least` in all; `shown_for_one`: the records that one of them shows. `tells_left`: the test
    of its key is free and says how many credits are left. `cost` says in words what it charges, `also` for what else its
    key is asked, and what that costs.
    """

    is_counted: ClassVar[bool] = False
    is_fed: ClassVar[bool] = False
    completes: ClassVar[bool] = False
    rest_costs: ClassVar[Decimal] = Decimal(0)
    page_costs: ClassVar[Decimal] = Decimal(0)
    is_rationed: ClassVar[bool] = False
    own_for_a_lead: ClassVar[Decimal] = Decimal(0)
    own_at_least: ClassVar[Decimal] = Decimal(10)
    shown_for_one: ClassVar[int] = 1
    tells_left: ClassVar[bool] = False
    provider: ClassVar[str]
    base_url: str
    needs_key: ClassVar[bool] = True
    key_page: ClassVar[str] = ""
    key_hint: ClassVar[str] = ""
    limits: ClassVar[tuple[Limit, ...]] = ()
    dialect: ClassVar[Dialect] = PLAIN
    keeps_for: ClassVar[int] = 0
    filters: ClassVar[frozenset[str]] = frozenset()
    knows: ClassVar[frozenset[str]] = frozenset()
    cost: ClassVar[str] = "Free"
    also: ClassVar[str] = ""
    is_count_free: ClassVar[bool] = True

    def __init__(self, base_url: str = "") -> None:
        if base_url:
            self.base_url = base_url.rstrip("/")

    def address(self, key: str) -> str:
        """Where it is asked; by the key, for a provider that has many places. Raises Unanswered."""
        return self.base_url

    def credentials(self, key: str) -> dict[str, str]:
        """The headers that carry the key."""
        return {"Authorization": f"Bearer {key}"}

    def parameters(self, key: str) -> dict[str, str]:
        """The parameters that carry the key, for a provider that wants it there."""
        return {}

    def open(self, request: SearchRequest) -> Door:
        """Its way to the provider for one question. Raises Unanswered."""
        return open_door(self, request.workspace_id, in_sandbox=request.is_sandboxed)

    def unsupported(self, criteria: Criteria) -> tuple[str, ...]:
        return tuple(each.name for each in criteria.musts() if each.name not in self.filters)

    def unknown(self, criteria: Criteria) -> tuple[str, ...]:
        """The musts that nothing in its records can meet: whom it finds is left out by them, unless others know more."""
        return tuple(each.name for each in criteria.musts() if each.name not in self.filters | self.knows)

    def count(self, request: SearchRequest) -> Count:
        with self._entered(request) as door:
            return self.ask_count(door, request)

    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        with self._entered(request) as door:
            page = self.ask_page(door, request, {key: cursor[key] for key in cursor if key != "seen"}, limit)
        page = replace(page, asked=door.asked, provider_credits=door.credits, is_assumed=door.is_assumed)
        return self._ended_if_repeated(_marked(page) if door.is_sandbox else page, cursor)

    def complete(self, request: SearchRequest, candidates: Sequence[Candidate]) -> Page:
        """The same candidates in the same order, with what is paid for. Raises SourceError."""
        with self._entered(request) as door:
            found = self.ask_complete(door, request, candidates)
        return Page(tuple(found), None, asked=door.asked, provider_credits=door.credits, is_assumed=door.is_assumed)

    def test_key(self, key: str, *, in_sandbox: bool = False) -> KeyTest:
        """Asks the provider something small with the key. Raises Unanswered."""
        with readable(self.title):
            return self.ask_test(open_door(self, 0, key=key, in_sandbox=in_sandbox))

    def credits_left(self, request: SearchRequest) -> Decimal | None:
        """What the provider says is left now, for whoever cannot know what it charged; None where it does not tell."""
        try:
            key = "" if request.is_sandboxed else key_for(self, request.workspace_id)
            return self.test_key(key, in_sandbox=request.is_sandboxed).credits_left if self.tells_left else None
        except Unanswered:
            return None

    @abstractmethod
    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """How many records its own filters leave."""

    @abstractmethod
    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """At most `limit` candidates from the cursor on. Raises Unanswered."""

    def ask_complete(self, door: Door, request: SearchRequest, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Each candidate with what is paid for, or as it was where there is nothing more. Raises Unanswered."""
        return candidates

    @abstractmethod
    def ask_test(self, door: Door) -> KeyTest:
        """The cheapest question that only a working key is answered."""

    @contextmanager
    def _entered(self, request: SearchRequest, opened: Callable[[], Door] | None = None) -> Iterator[Door]:
        """Its own door for the request, or the one that is `opened`."""
        door: Door | None = None
        try:
            with readable(self.title):
                door = opened() if opened else self.open(request)
                door.begin_page(request.keep_on)
                yield door
        except Unanswered as error:
            is_dear = isinstance(error, WrongTypes) and door is not None and door.credits > 0
            raise SourceError(
                str(error),
                permanent=error.is_permanent or is_dear,  # the same again would cost the same again
                retry_after=error.retry_after,
                is_turn=error.outcome == Outcome.RATE_LIMITED and not error.was_asked,
                asked=door.asked if door else 0,
                provider_credits=door.credits if door else Decimal(0),
                may_be_done=error.may_be_done,
                is_of_question=error.outcome == Outcome.BAD_REQUEST or isinstance(error, WrongTypes),
            ) from error

    def _ended_if_repeated(self, page: Page, cursor: Cursor) -> Page:
        """The page, its cursor marked by what it held; an error if it holds what the page before held, or leads nowhere."""
        if page.next_cursor is None:
            return page
        ids = [*(each.record_id for each in page.candidates), *(each.record_id for each in page.faults)]
        marks = [str(cursor.get("at", 0)), *ids]  # two questions may have the same answer
        seen = hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16] if ids else ""
        before = {key: value for key, value in cursor.items() if key != "seen"}
        if page.next_cursor == before or (seen and seen == cursor.get("seen")):
            raise SourceError(
                f"{self.title} repeats the same answer, so it is asked no more.",
                permanent=True,
                asked=page.asked,
                provider_credits=page.provider_credits,
            )
        return replace(page, next_cursor={**page.next_cursor, "seen": seen})


def _marked(page: Page) -> Page:
    """From the sandbox: everybody in it is invented."""
    return replace(page, candidates=tuple(replace(each, extra=(*each.extra, SAMPLE)) for each in page.candidates))
