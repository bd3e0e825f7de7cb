"""A connector's way to its provider for one question of a run: the address, the key, the gate, and what it all cost."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar

from django.conf import settings

from leadengine import guard
from leadengine.http import Answer, Call, Client, Unanswered
from leadengine.outcomes import Dialect, Outcome, without_key
from leadengine.sandbox import running
from leadengine.sealing import CannotOpen
from leadengine.wire import Wire
from leads.models import ProviderKey
from leads.providers.gate import DatabaseGate
from leads.providers.keys import key_of

LOOPBACK = guard.networks(["127.0.0.0/8", "::1/128"])
Item = TypeVar("Item")
SANDBOX_KEY = "sandbox-key"
LONG = 5.0  # seconds; two more questions then still end before a worker's turn is cut off


class Provided(Protocol):
    """What a door must know of a connector."""

    provider: ClassVar[str]
    title: ClassVar[str]
    base_url: str
    needs_key: ClassVar[bool]
    limits: ClassVar[tuple[Any, ...]]
    dialect: ClassVar[Dialect]
    keeps_for: ClassVar[int]

    def address(self, key: str) -> str:
        """Where it is asked with this key. Raises Unanswered where the key names a place that cannot be one."""

    def credentials(self, key: str) -> dict[str, str]:
        """The headers that carry the key."""

    def parameters(self, key: str) -> dict[str, str]:
        """The parameters that carry it, where a provider wants it there."""


@dataclass(slots=True)
class Door:
    """Asks and counts: `asked` questions put to the provider, `credits` of its own that it charged.

    `is_assumed`: it did not say how many, so its price stands for them.
    `is_late`: a turn has taken long enough; who asks several questions for a page ends it with what is there.
    `keep_on` is called before each question, so that a page that takes long keeps its lease; `is_lost`: nobody wants more.
    `again_until`: after that there is no second try.
    """

    client: Client
    base_url: str
    is_sandbox: bool = False
    parameters: tuple[tuple[str, str], ...] = ()
    asked: int = 0
    credits: Decimal = field(default_factory=Decimal)
    is_assumed: bool = False
    opened_at: float = field(default_factory=time.monotonic)
    again_until: float = math.inf
    keep_on: Callable[[], bool] | None = None
    is_lost: bool = False

    @property
    def is_late(self) -> bool:
        return self.is_lost or time.monotonic() - self.opened_at > LONG

    def is_refused(self, within: timedelta) -> bool:
        """Whether the provider refused this key, or had no credits for it, so lately."""
        gate = self.client.gate
        return isinstance(gate, DatabaseGate) and gate.is_refused(within)

    def begin_page(self, keep_on: Callable[[], bool] | None) -> None:
        """From now on it answers for a page, which has to end in time."""
        self.keep_on, self.again_until = keep_on, self.opened_at + LONG

    def in_time(self, items: Iterable[Item]) -> Iterator[Item]:
        """The first item always, the others until it is late."""
        for number, item in enumerate(items):
            if number and self.is_late:
                return
            yield item

    def get(
        self,
        path: str,
        query: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        is_repeatable: bool = True,
        hidden: tuple[str, ...] = (),
    ) -> Answer:
        """`is_repeatable` and `hidden` as for a Call."""
        call = Call(url=f"{self.base_url}{path}", query=_pairs(query) + self.parameters)
        return self.ask(replace(call, is_repeatable=is_repeatable, hidden=hidden))

    def post(self, path: str, body: Any, *, is_repeatable: bool = True) -> Answer:
        call = Call(url=f"{self.base_url}{path}", method="POST", body=body, is_repeatable=is_repeatable)
        return self.ask(call)

    def delete(self, path: str) -> Answer:
        return self.ask(Call(url=f"{self.base_url}{path}", method="DELETE"))

    def ask(self, call: Call) -> Answer:
        """Raises Unanswered; a question that failed is counted, too."""
        if self.keep_on:
            self.is_lost = not self.keep_on()
        try:
            answer = self.client.ask(replace(call, again_until=self.again_until))
        except Unanswered as error:
            self.asked += error.was_asked
            raise
        self.asked += 0 if answer.is_kept else 1
        return answer

    def charge(self, answer: Answer, credits: Decimal | int) -> None:
        """The provider charged so much for this answer; one that was at hand already cost nothing."""
        self.credits += Decimal(0) if answer.is_kept else Decimal(credits)

    def assume(self, answer: Answer, credits: Decimal | int) -> None:
        """It ought to say what it charged, and does not: what its price list says is counted."""
        self.charge(answer, credits)
        self.is_assumed = self.is_assumed or not answer.is_kept


def open_door(to: Provided, workspace_id: int, *, in_sandbox: bool = False, key: str | None = None) -> Door:
    """The door of a workspace: with its key, or into the sandbox, which takes any. Raises Unanswered without a key.

    `key` given: with that one instead. The test of a key is never answered from what was kept.
    """
    scope = _scope(workspace_id) if to.keeps_for and key is None else ""
    if in_sandbox:
        return _door(to, running.base_url(to.provider), key or SANDBOX_KEY, scope, is_sandbox=True)
    key = key_for(to, workspace_id) if key is None else key
    return _door(to, to.address(key), key, scope)


def _door(to: Provided, base_url: str, key: str, scope: str, *, is_sandbox: bool = False) -> Door:
    is_inside = is_sandbox or is_loopback(base_url)
    name = "sandbox:" if is_inside else ""
    client = Client(
        name=to.title,
        gate=DatabaseGate(f"{name}{to.provider}", key, () if is_inside else to.limits),
        dialect=to.dialect if key or to.needs_key else without_key(to.dialect),
        wire=Wire(allowed=LOOPBACK if is_inside else guard.networks(settings.GUARD_ALLOWED_NETWORKS)),
        headers=to.credentials(key) if key else {},
        secrets=(key, key.rpartition(":")[2]) if key else (),  # of a pair, the half that travels
        keeps_for=to.keeps_for if scope else 0,
        scope=scope,
    )
    parameters = _pairs(to.parameters(key)) if key else ()
    return Door(client, base_url.rstrip("/"), is_sandbox=is_sandbox, parameters=parameters)


def _scope(workspace_id: int) -> str:
    """Under what answers are kept in the memory of this process: erasing a person gives the workspace a new one everywhere."""
    model = ProviderKey._meta.get_field("workspace").related_model
    epoch = model._default_manager.filter(pk=workspace_id).values_list("answers_epoch", flat=True).first()
    return f"{workspace_id}:{epoch}"


def is_loopback(base_url: str) -> bool:
    """Whether an operator named a server on this machine; no connector of ours has such an address of itself."""
    return base_url.startswith(("http://127.", "http://localhost", "http://[::1]"))


def is_stand_in(to: Provided) -> bool:
    """Whether it is asked elsewhere than where its provider is."""
    return to.base_url != type(to).base_url


def key_for(to: Provided, workspace_id: int) -> str:
    """The key that a workspace asks with; no stand-in is given a real one. Raises Unanswered where none can be used."""
    if is_stand_in(to):
        return SANDBOX_KEY if to.needs_key else ""
    try:
        key = key_of(workspace_id, to.provider)
    except CannotOpen as error:
        raise Unanswered(Outcome.KEY_REFUSED, f"{to.title}: {error}", was_asked=False) from error
    if not key and to.needs_key:
        missing = f"{to.title} needs a key. A manager enters it under Settings, Sources."
        raise Unanswered(Outcome.KEY_REFUSED, missing, was_asked=False)
    return key


def _pairs(query: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> tuple[tuple[str, str], ...]:
    """The parameters that have a value, as text."""
    pairs = query.items() if isinstance(query, Mapping) else query
    return tuple((name, str(value)) for name, value in pairs if value not in ("", None))
