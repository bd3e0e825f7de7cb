"""What every source of leads promises, whether it is a table of ours, a user's file or a provider on the network."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.models import SourceFile
from leads.sources.worth import Worth

Cursor = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What a source is asked. The same object is asked again for each page, with another cursor.

    `companies` are the companies whose people are wanted; only a source of people that is fed by company sources looks
    at them. `wishes` (all nice) only order what is found: the best for the workspace first, where a source can tell;
    `worth` says what each of them counts.
    `includes_samples`: invented data is wanted, too, as only a sample workspace may; `is_sandboxed`: providers on the
    network are asked in the sandbox. `now` is the time of the
    request, passed in. `keep_on` is called before each question to a provider; False says that nobody wants more of it.
    `files` are files of the workspace that are at hand already; `looked_up` is where a source keeps
    what it read for this request, and for those that are made of it by `replace`, so that it reads it once. `known` are
    records of the source that need not be shown again, because the workspace has them.
    """

    criteria: Criteria
    workspace_id: int
    new_only: bool
    now: datetime
    file_id: UUID | None = None
    companies: tuple[CompanyFacts, ...] = ()
    known: tuple[str, ...] = ()
    wishes: Criteria = field(default_factory=Criteria)
    worth: Worth = field(default_factory=Worth)
    includes_samples: bool = False
    is_sandboxed: bool = False
    keep_on: Callable[[], bool] | None = field(default=None, compare=False, repr=False)
    files: tuple[SourceFile, ...] = field(default=(), compare=False, repr=False)
    looked_up: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Count:
    """How many candidates `search` would return in all; a capped one means "at least so many"."""

    value: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"{self.value:,}{'+' if self.is_capped else ''}"


@dataclass(frozen=True, slots=True)
class RecordFault:
    """A record that cannot be used: it counts as found and is excluded as `source_error`. `label` is what people read."""

    record_id: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: candidates in the source's own order, and where to go on (None at the end).

    `asked`: questions put to a provider for it; `provider_credits`: what the provider charged, in credits of its own;
    `is_assumed`: it did not say how many, so its price stands for them.
    """

    candidates: tuple[Candidate, ...]
    next_cursor: Cursor | None
    faults: tuple[RecordFault, ...] = ()
    asked: int = 0
    provider_credits: Decimal = Decimal(0)
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """Candidates taken evenly out of the first `out_of` that a source has."""

    candidates: tuple[Candidate, ...]
    out_of: int


class SourceError(Exception):
    """The source did not answer. `permanent`: asking again is of no use. `retry_after`: seconds, if it names them.

    `is_turn`: it was not asked, because others were before us, which is no fault. `asked` and `provider_credits` as for a Page.
    `may_be_done`: the provider may have done, and charged for, what it was asked for. `is_of_question`: this one question
    is at fault, or its answer is, so that others may be answered.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        is_turn: bool = False,
        asked: int = 0,
        provider_credits: Decimal = Decimal(0),
        may_be_done: bool = False,
        is_of_question: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.is_of_question = is_of_question
        self.retry_after = retry_after
        self.is_turn = is_turn
        self.asked = asked
        self.may_be_done = may_be_done
        self.provider_credits = provider_credits


class Source(ABC):
    """A place where leads come from.

    `name` is its key everywhere (prices, lanes, receipts), `kind` one of company_database, file, registry,
    email_provider, social. `stage` says what it finds: "people" (or people with companies) or "companies"; `feeds` that
    its companies are handed to the sources of people. `freshness` tells people how old its facts are, `reach` what it
    returns; `batch` is the number of records it likes to be asked for at once. A source that `is_local` costs nothing to
    ask again, so its answers are not stored before they are used. One that is not `is_counted` is not asked while somebody
    waits for a page.

    `search(request, {}, n)` starts; asked with the same cursor it answers the same again, as far as its data has not
    changed. It raises `SourceError` and nothing else when the source fails.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    kind: ClassVar[str]
    stage: ClassVar[str] = "people"
    feeds: ClassVar[bool] = False
    freshness: ClassVar[str] = ""
    reach: ClassVar[str] = ""
    batch: ClassVar[int] = 100
    is_local: ClassVar[bool] = False
    is_counted: ClassVar[bool] = True

    def unsupported(self, criteria: Criteria) -> tuple[str, ...]:
        """The criteria asked for that this source cannot filter by; the engine judges them itself."""
        return ()

    @abstractmethod
    def count(self, request: SearchRequest) -> Count:
        """How many candidates there are; what is `unsupported` may, but need not, be judged for it."""

    def counts(self, requests: Sequence[SearchRequest]) -> list[Count]:
        """`count` of each; a source that can tells them all at once."""
        return [self.count(request) for request in requests]

    def spread(self, request: SearchRequest, pool: int, number: int) -> Spread:
        """At most `number` candidates out of the first `pool`; a source that cannot spread them gives the first ones."""
        first = self.search(request, {}, min(pool, number)).candidates
        return Spread(first, len(first))

    @abstractmethod
    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """At most `limit` records from the cursor on ({} at the start)."""
