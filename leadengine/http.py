"""The one way out to providers: shared limits and breaker, time-outs, one quick retry, cache, and no key in any log."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache

from leadengine.guard import UnsafeAddress
from leadengine.outcomes import PERMANENT, PLAIN, Dialect, Outcome, failure_of, outcome_of, sentence, wait_of
from leadengine.redaction import in_one_line, redact
from leadengine.wire import NoAnswer, Raw, Wire

FORM = "application/x-www-form-urlencoded"
SHORT_WAIT = 1.0  # seconds that are waited for on the spot; a longer wait is the caller's to plan
JITTER = 0.05, 0.25  # seconds before the second try, so that workers do not come back together
KEPT_HEADERS = ("link",)  # of an answer that is kept: where its next page is
RETRIED = frozenset({Outcome.UNAVAILABLE, Outcome.GARBLED})

log = logging.getLogger("leadengine.http")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question. `is_form`: its body is a mapping of texts that is sent as a form; otherwise it is sent as JSON.

    `is_repeatable` False: never asked twice by itself, because each time is paid for; `again_until`: nor after that moment
    of the monotonic clock. `hidden`: personal texts in it that reach no log and no message. `read` makes plain data of an
    answer that is no JSON; None where it cannot be read.
    """

    url: str
    method: str = "GET"
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    is_form: bool = False
    is_repeatable: bool = True
    again_until: float = math.inf
    hidden: tuple[str, ...] = ()
    read: Callable[[bytes], Any] | None = None

    @property
    def address(self) -> str:
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url


@dataclass(frozen=True, slots=True)
class Answer:
    """A usable answer: `outcome` is OK or NO_MATCH. `is_kept`: it was at hand already and cost nothing."""

    outcome: Outcome
    status: int
    data: Any
    headers: Mapping[str, str]
    is_kept: bool = False

    @property
    def is_match(self) -> bool:
        return self.outcome == Outcome.OK


class Unanswered(Exception):
    """No usable answer; the message is a sentence for people. `retry_after`: seconds, where somebody named them.

    `was_asked`: the provider was, and refused; otherwise it was not its turn, or there was nothing to ask with.
    `may_be_done`: the provider may have carried out what it was asked for, and charged for it, all the same.
    """

    def __init__(
        self,
        outcome: Outcome,
        message: str,
        *,
        retry_after: float | None = None,
        was_asked: bool = True,
        may_be_done: bool = False,
    ) -> None:
        super().__init__(message)
        self.may_be_done = may_be_done
        self.outcome = outcome
        self.retry_after = retry_after
        self.was_asked = was_asked

    @property
    def is_permanent(self) -> bool:
        return self.outcome in PERMANENT


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether one may ask now: `wait` seconds, 0 for yes. `is_resting`: it failed so often that it is left alone."""

    wait: float = 0.0
    is_resting: bool = False
    said: str = ""


class Gate(Protocol):
    """What workers share about one provider and key."""

    def enter(self) -> Turn:
        """With no wait: go, and be counted."""

    def leave(self, outcome: Outcome, *, said: str, seconds: float, wait: float) -> None:
        """How it went; `wait`: seconds the provider named."""


class OpenGate:
    """Lets everybody through and remembers nothing."""

    def enter(self) -> Turn:
        return Turn()

    def leave(self, outcome: Outcome, *, said: str, seconds: float, wait: float) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Asks one provider with one key. `secrets` never reach a log or a message; answers are kept `keeps_for` seconds.

    `scope`: for whom and since when; what was kept under another is not found.
    """

    name: str
    gate: Gate = field(default_factory=OpenGate)
    dialect: Dialect = PLAIN
    wire: Wire = field(default_factory=Wire)
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    keeps_for: int = 0
    scope: str = ""

    def ask(self, call: Call) -> Answer:
        """The answer, kept or fresh. Raises Unanswered."""
        key = self._cache_key(call)
        if self.keeps_for and (kept := cache.get(key)):
            return Answer(Outcome(kept[0]), kept[1], kept[2], kept[3], is_kept=True)
        answer = self._try(call)
        if self.keeps_for:
            headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
            cache.set(key, (answer.outcome.value, answer.status, answer.data, headers), self.keeps_for)
        return answer

    def _try(self, call: Call) -> Answer:
        self._wait_for_turn()
        try:
            return self._once(call)
        except Unanswered as error:
            is_short = error.outcome == Outcome.RATE_LIMITED and (error.retry_after or SHORT_WAIT) < SHORT_WAIT
            is_allowed = call.is_repeatable and time.monotonic() < call.again_until
            if not is_allowed or not (is_short or error.outcome in RETRIED):
                raise
            time.sleep((error.retry_after or 0.0) + random.uniform(*JITTER))
            if self.gate.enter().wait:
                raise
        return self._once(call)

    def _wait_for_turn(self) -> None:
        turn = self.gate.enter()
        while 0 < turn.wait <= SHORT_WAIT:
            time.sleep(turn.wait)
            turn = self.gate.enter()
        if turn.is_resting:
            words = turn.said or sentence(Outcome.UNAVAILABLE, self.name)
            raise Unanswered(Outcome.UNAVAILABLE, words, retry_after=turn.wait, was_asked=False)
        if turn.wait:
            words = f"{self.name} is asked again as soon as it allows."
            raise Unanswered(Outcome.RATE_LIMITED, words, retry_after=turn.wait, was_asked=False)

    def _once(self, call: Call) -> Answer:
        begun = time.monotonic()
        try:
            raw = self._exchange(call)
            data = (call.read or _parsed)(raw.body)
            outcome, said = outcome_of(raw.status, data, self.dialect), self.dialect.words(data)
            wait = wait_of(raw.headers, time.time()) if outcome == Outcome.RATE_LIMITED else 0.0
            may_be_done = not (400 <= raw.status < 500 or self._is_refusal(raw.status, data))
            if outcome == Outcome.UNAVAILABLE:
                said = f"{failure_of(raw.status)} ({raw.status})"
        except NoAnswer as error:
            raw, data, outcome, said, wait = Raw(0, {}, b""), None, Outcome.UNAVAILABLE, str(error), 0.0
            may_be_done = error.was_sent
        except UnsafeAddress as error:
            raw, data, outcome, said, wait = Raw(0, {}, b""), None, Outcome.UNSAFE, str(error), 0.0
            may_be_done = False
        words = sentence(outcome, self.name, self._plain(in_one_line(said), call))
        self.gate.leave(outcome, said=words, seconds=time.monotonic() - begun, wait=wait)
        if outcome in (Outcome.OK, Outcome.NO_MATCH):
            return Answer(outcome, raw.status, data, raw.headers)
        log.warning("%s: %s %s: %s", self.name, call.method, self._plain(in_one_line(call.address), call), words)
        raise Unanswered(outcome, words, retry_after=wait or None, may_be_done=may_be_done)

    def _is_refusal(self, status: int, data: Any) -> bool:
        """A fault that a whole answer names; whoever refuses a question has not carried it out."""
        named = self.dialect.inside(status, data) if 200 <= status < 300 and data is not None else None
        return named not in (None, Outcome.GARBLED)

    def _exchange(self, call: Call) -> Raw:
        written = urlencode(call.body) if call.is_form else json.dumps(call.body)
        body = None if call.body is None else written.encode()
        kind = {} if body is None else {"Content-Type": FORM if call.is_form else "application/json"}
        standard = {"User-Agent": settings.USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
        return self.wire.exchange(call.method, call.address, {**standard, **kind, **self.headers, **call.headers}, body)

    def _plain(self, text: str, call: Call) -> str:
        return redact(text, (*self.secrets, *call.hidden))

    def _cache_key(self, call: Call) -> str:
        """By question and key: what one key paid for is not given to another."""
        parts: Iterable[Any] = (self.name, call.method, call.address, call.body, self.secrets, self.scope)
        return f"http:{hashlib.sha256(json.dumps(list(parts), default=str).encode()).hexdigest()}"


def _parsed(body: bytes) -> Any:
    """The answer's JSON; None where it is none, or neither an object nor a list."""
    try:
        found = _storable(json.loads(body, parse_constant=_refused))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _storable(found: Any) -> Any:
    """Without what no text column takes: NUL, and halves of characters."""
    if isinstance(found, str):
        return found.replace("\0", "").encode(errors="replace").decode()
    if isinstance(found, dict):
        return {_storable(key): _storable(value) for key, value in found.items()}
    return [_storable(each) for each in found] if isinstance(found, list) else found


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
