"""What an answer of a provider means, from its status, headers and text: the same nine outcomes for every provider. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

LONGEST_WAIT = 3600.0
DEFAULT_WAIT = 30.0  # seconds, where a provider says "too often" and no more
# What reading an answer raises where something in it is of another type than its provider promises.
WRONG_TYPES = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class Outcome(StrEnum):
    """`value` is stored; what people read is in SENTENCES."""

    OK = "ok"
    NO_MATCH = "no_match"
    KEY_REFUSED = "key_refused"
    OUT_OF_CREDITS = "out_of_credits"
    BAD_REQUEST = "bad_request"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    GARBLED = "garbled"
    UNSAFE = "unsafe"


PERMANENT = frozenset({Outcome.KEY_REFUSED, Outcome.OUT_OF_CREDITS, Outcome.BAD_REQUEST, Outcome.UNSAFE})
SENTENCES = {
    Outcome.OK: "{name} answered.",
    Outcome.NO_MATCH: "{name} has nothing that matches.",
    Outcome.KEY_REFUSED: "{name} refused the key. A manager can enter another one under Settings, Sources.",
    Outcome.OUT_OF_CREDITS: "{name} has no credits left for this key. Top them up there, or wait for the next month.",
    Outcome.BAD_REQUEST: "{name} did not understand the question{said}.",
    Outcome.RATE_LIMITED: "{name} asks to wait before it is asked again.",
    Outcome.UNAVAILABLE: "{name} {said}.",
    Outcome.GARBLED: "{name} sent an answer that could not be read.",
    Outcome.UNSAFE: "{name} is at an address that must not be connected to.",
}
_MEANINGS = {
    400: Outcome.BAD_REQUEST,
    401: Outcome.KEY_REFUSED,
    402: Outcome.OUT_OF_CREDITS,
    403: Outcome.KEY_REFUSED,
    404: Outcome.NO_MATCH,
    408: Outcome.UNAVAILABLE,  # it waited for the question in vain
    410: Outcome.NO_MATCH,
    422: Outcome.BAD_REQUEST,
    429: Outcome.RATE_LIMITED,
    451: Outcome.NO_MATCH,  # the provider may not tell of this person
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where a provider differs. `statuses`: what its numbers mean; `fault_in`: the outcome that stands inside an answer

    of status 200 (or of any other, where its text tells more than its number), None if there is none; `said`: its own words.
    """

    statuses: Mapping[int, Outcome] = field(default_factory=dict)
    fault_in: Callable[[int, Any], Outcome | None] = lambda _status, _data: None
    said: Callable[[Any], str] = lambda _data: ""

    def inside(self, status: int, data: Any) -> Outcome | None:
        """What stands inside an answer; one with wrong types in it cannot be read."""
        try:
            return self.fault_in(status, data)
        except WRONG_TYPES:
            return Outcome.GARBLED

    def words(self, data: Any) -> str:
        """Its own words, as far as they can be read."""
        try:
            return self.said(data)
        except WRONG_TYPES:
            return ""


PLAIN = Dialect()


def without_key(dialect: Dialect) -> Dialect:
    """Of a provider that was sent no key: whoever it refuses is not refused for one, and asks again later."""
    refusals = {401: Outcome.UNAVAILABLE, 403: Outcome.UNAVAILABLE}
    return replace(dialect, statuses={**refusals, **dialect.statuses})


def outcome_of(status: int, data: Any, dialect: Dialect = PLAIN) -> Outcome:
    """`data` is the parsed answer, None where it was no JSON.

    >>> outcome_of(402, None), outcome_of(200, {}), outcome_of(503, None)
    (<Outcome.OUT_OF_CREDITS: 'out_of_credits'>, <Outcome.OK: 'ok'>, <Outcome.UNAVAILABLE: 'unavailable'>)
    """
    inside = dialect.inside(status, data) if data is not None else None
    if inside:
        return inside
    if status in dialect.statuses:
        return dialect.statuses[status]
    if 200 <= status < 300:
        return Outcome.OK if data is not None else Outcome.GARBLED
    if status in _MEANINGS:
        return _MEANINGS[status]
    return Outcome.BAD_REQUEST if 400 <= status < 500 else Outcome.UNAVAILABLE


def own_words(data: Any, *names: str) -> str:
    """The first of an answer's members by these names that is a text; "" for none.

    >>> own_words({"error": {"code": 7}, "message": "No such field"}, "error", "message")
    'No such field'
    """
    members = [data.get(name) for name in names] if isinstance(data, dict) else []
    return next((each for each in members if isinstance(each, str) and each.strip()), "")


def sentence(outcome: Outcome, name: str, said: str = "") -> str:
    """What people read. `said`: the provider's own words, or how it failed to answer."""
    words = said.strip().rstrip(".")
    if outcome == Outcome.KEY_REFUSED and words:
        return f"{SENTENCES[outcome].format(name=name)} It said: {words}."[:300]
    if outcome == Outcome.BAD_REQUEST:
        return SENTENCES[outcome].format(name=name, said=f": {words}" if words else "")[:300]
    return SENTENCES[outcome].format(name=name, said=words or "does not answer")[:300]


def failure_of(status: int) -> str:
    """The words for an answer that is none.

    >>> failure_of(503), failure_of(403)
    ('answered with an error of its own', 'refused to answer')
    """
    return "refused to answer" if 400 <= status < 500 else "answered with an error of its own"


def wait_of(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait after "too often": Retry-After as seconds or date, or the moment at which the window ends."""
    named = headers.get("retry-after", "")
    wait = _seconds(named) if named else None
    if wait is None and named:
        wait = _until(named, now)
    for name in ("x-ratelimit-reset", "x-rate-limit-reset"):
        moment = _moment(headers.get(name, "")) if wait is None else None
        if moment is not None:
            wait = moment - now if moment > 1_000_000_000 else moment
    return min(LONGEST_WAIT, max(0.1, DEFAULT_WAIT if wait is None else wait))


def _seconds(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found < 1e11 else None


def _moment(text: str) -> float | None:
    """As seconds, or written as a date of ISO 8601."""
    found = _seconds(text)
    if found is not None:
        return found
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _until(text: str, now: float) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() - now
    except (ValueError, OverflowError):
        return None
