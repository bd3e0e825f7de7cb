"""When a provider may be asked: rate limits, a named wait and a breaker, as one small state that workers share. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

MOST_FAILURES = 5  # in a row, after which nobody asks for a while
FIRST_REST, LONGEST_REST = 30.0, 900.0  # seconds, doubled from rest to rest
PROBE = 15.0  # seconds that the one who asks first after a rest is given


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` in any `seconds`: a fifth of them at once, the others evenly, so that no window sees more.

    `is_of_all`: the provider counts whoever asks from here together, whichever key they have.
    """

    calls: int
    seconds: float
    is_of_all: bool = False

    @property
    def burst(self) -> int:
        return max(1, self.calls // 5)

    @property
    def interval(self) -> float:
        return self.seconds / max(1, self.calls - self.burst)


@dataclass(frozen=True, slots=True)
class GateState:
    """`arrivals`: for each limit, the moment at which its bucket would be empty. Moments are seconds since 1970.

    `closed_until`: the provider named a wait, or the breaker rests; `failures` in a row; `is_probing`: after a rest one asks.
    """

    arrivals: tuple[float, ...] = ()
    failures: int = 0
    closed_until: float = 0.0
    is_probing: bool = False

    @property
    def is_broken(self) -> bool:
        return self.failures >= MOST_FAILURES

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "arrivals": list(self.arrivals)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> GateState:
        return cls(**{**data, "arrivals": tuple(data.get("arrivals", ()))})


def admit(state: GateState, limits: Sequence[Limit], now: float) -> tuple[float, GateState]:
    """(seconds to wait, the state then): with 0 the caller goes through and is counted, otherwise nothing changed.

    >>> admit(GateState(), [Limit(1, 60.0)], 100.0)
    (0.0, GateState(arrivals=(160.0,), failures=0, closed_until=0.0))
    >>> admit(GateState((160.0,)), [Limit(1, 60.0)], 130.0)[0]
    30.0
    """
    arrivals = [max(at, now) for at in _padded(state.arrivals, len(limits))]
    waits = [at - (each.burst - 1) * each.interval - now for at, each in zip(arrivals, limits, strict=True)]
    wait = max([state.closed_until - now, *waits], default=0.0)
    if wait > 0:
        return wait, state
    after = tuple(at + each.interval for at, each in zip(arrivals, limits, strict=True))
    if state.is_broken:
        return 0.0, replace(state, arrivals=after, closed_until=now + PROBE, is_probing=True)
    return 0.0, replace(state, arrivals=after)


def succeeded(state: GateState) -> GateState:
    """An answer of any kind: the line works. One that was under way before ends neither a named wait nor a rest."""
    if state.is_probing:
        return replace(state, failures=0, closed_until=0.0, is_probing=False)
    return state if state.is_broken else replace(state, failures=0)


def failed(state: GateState, now: float) -> GateState:
    """No answer; after several in a row everybody rests, longer each time."""
    failures = state.failures + 1
    if failures < MOST_FAILURES:
        return replace(state, failures=failures)
    rest = min(LONGEST_REST, FIRST_REST * 2.0 ** (failures - MOST_FAILURES))
    return replace(state, failures=failures, closed_until=max(state.closed_until, now + rest), is_probing=False)


def told_to_wait(state: GateState, seconds: float, now: float) -> GateState:
    """The provider said that it was asked too often: all workers wait."""
    return replace(state, failures=0, closed_until=max(state.closed_until, now + seconds), is_probing=False)


def _padded(arrivals: tuple[float, ...], size: int) -> list[float]:
    return [*arrivals, *([0.0] * size)][:size]
