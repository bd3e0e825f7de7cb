"""What every provider of second opinions promises: who it is, what it charges, its test, and one question at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from enrichment.models import OutsideAnswer
from enrichment.verdict import EmailStatus, Reason
from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import PLAIN, Dialect, Outcome
from leads.sources.connector import KeyTest
from leads.sources.door import Door, key_for, open_door

_COLUMN = OutsideAnswer._meta.get_field("credits")
MOST_CREDITS = Decimal(10) ** (_COLUMN.max_digits - _COLUMN.decimal_places) - 1  # that a column takes


def credits_in(values: Iterable[Any]) -> Decimal | None:
    """Credits added up, however a provider writes them; None where one is no number, or what no column takes.

    >>> credits_in(["12", 3.5, None]), credits_in([-1]), credits_in(["NaN"]), credits_in([1e30])
    (Decimal('15.5'), None, None, None)
    """
    try:
        found = [Decimal(0 if each is None else str(each).strip()) for each in values]
        is_plausible = all(each >= 0 for each in found) and sum(found) <= MOST_CREDITS
    except InvalidOperation:
        return None
    return sum(found, Decimal(0)) if is_plausible else None


class StillChecking(Unanswered):
    """It was asked and is at it; asked the same again later it answers, and charges once for both."""

    def __init__(self, message: str) -> None:
        super().__init__(Outcome.UNAVAILABLE, message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a provider says of an address, in our terms, beside its own words (`said`, `more`) and its own credits."""

    status: EmailStatus
    reason: Reason
    said: str
    more: str = ""
    flags: frozenset[str] = frozenset()
    suggestion: str = ""
    credits: Decimal = Decimal(0)

    def to_json(self) -> dict[str, Any]:
        """Without its credits, which are kept beside it, and without any address."""
        kept = {"status": self.status, "reason": str(self.reason), "said": self.said, "more": self.more}
        return kept | {"flags": sorted(self.flags)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Opinion:
        return cls(**{**data, "reason": Reason(data["reason"]), "flags": frozenset(data["flags"])})


class Checker(ABC):
    """A provider that is asked only by whom has a key of it: the key is the consent. The words are those of a Connector."""

    provider: ClassVar[str]
    title: ClassVar[str]
    kind: ClassVar[str]
    base_url: str
    key_page: ClassVar[str]
    key_hint: ClassVar[str] = ""
    needs_key: ClassVar[bool] = True
    limits: ClassVar[tuple[Limit, ...]]
    dialect: ClassVar[Dialect] = PLAIN
    keeps_for: ClassVar[int] = 0  # answers are kept in the database, where a person can be erased
    filters: ClassVar[frozenset[str]] = frozenset()
    freshness: ClassVar[str] = "Asked at the moment"
    cost: ClassVar[str]
    reach: ClassVar[str]
    also: ClassVar[str] = ""
    are_repeats_free: ClassVar[bool] = False

    def __init__(self, base_url: str = "") -> None:
        if base_url:
            self.base_url = base_url.rstrip("/")

    def address(self, key: str) -> str:
        """Where it is asked, whatever the key."""
        return self.base_url

    def credentials(self, key: str) -> dict[str, str]:
        """The headers that carry the key."""
        return {}

    def parameters(self, key: str) -> dict[str, str]:
        """The parameters that carry the key, for a provider that wants it there."""
        return {}

    def test_key(self, key: str, *, in_sandbox: bool = False) -> KeyTest:
        """Asks the provider something small with the key. Raises Unanswered."""
        return self.ask_test(open_door(self, 0, key=key, in_sandbox=in_sandbox))

    def door(self, workspace_id: int, *, in_sandbox: bool) -> Door:
        """With the key that the workspace has, in the sandbox too. Raises Unanswered without one."""
        return open_door(self, workspace_id, in_sandbox=in_sandbox, key=key_for(self, workspace_id))

    def credits_left(self, *values: Any) -> KeyTest:
        """The test that tells them. Raises Unanswered where they are no credits."""
        left = credits_in(values)
        if left is None:
            raise Unanswered(Outcome.GARBLED, f"{self.title} named credits that are none, so the key was not tested.")
        return KeyTest(f"It works; {left:,.0f} {self.title} credits left", left)

    @abstractmethod
    def ask_test(self, door: Door) -> KeyTest:
        """The cheapest question that only a working key is answered."""


class EmailChecker(Checker):
    """Says whether one address takes mail. `takes_lists` False: it may not be asked for one address after the other.

    `at_most`: credits that a question may cost each time it is asked; 0 where a repeat is free.
    """

    at_most: ClassVar[Decimal] = Decimal(1)
    kind: ClassVar[str] = "email_verifier"
    takes_lists: ClassVar[bool] = True

    @abstractmethod
    def ask(self, door: Door, email: str) -> Opinion:
        """Asks about one address. Raises Unanswered; StillChecking where this one alone must be asked about again."""
