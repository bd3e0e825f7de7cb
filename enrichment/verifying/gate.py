"""How many sessions at once, in a minute and in a day each host or provider gets, and none for an hour after a block."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from enrichment.verifying.providers import Limit

BLOCK_SECONDS = 3600.0
DAY = 86_400.0


class Closed(Exception):
    """No session now: the breaker is open after a block, or the day's share is used up (`is_block` tells which)."""

    def __init__(self, key: str, *, is_block: bool) -> None:
        super().__init__(f"{key}: {'blocked us a while ago' if is_block else 'asked enough today'}")
        self.is_block = is_block


@dataclass
class Pace:
    """What was used of a key's minute and day; it may outlive the gate, and the loop."""

    tokens: float
    seen_at: float
    today: int = 0
    day: int = 0

    def wait(self, limit: Limit, now: float) -> float:
        """Seconds until the next session may begin: a bucket of a minute's share, refilled evenly."""
        rate = limit.per_minute / 60
        self.tokens = min(limit.per_minute, self.tokens + (now - self.seen_at) * rate)
        self.seen_at = now
        self.tokens -= 1
        self.today += 1
        return max(0.0, -self.tokens / rate)

    def take_back(self) -> None:
        """The session did not begin."""
        self.tokens += 1
        self.today -= 1


@dataclass
class _Turnstile:
    limit: Limit
    seats: asyncio.Semaphore
    pace: Pace
    blocked_until: float = 0.0


@dataclass
class Gate:
    """`async with gate.session([key, ...], limit)`: waits for a turn at each key, in their order. `clock` in seconds.

    `paces` may be another gate's, of the same clock, so that both together keep the limits.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    paces: dict[str, Pace] = field(default_factory=dict)
    _turnstiles: dict[str, _Turnstile] = field(default_factory=dict)

    @asynccontextmanager
    async def session(self, keys: Iterable[str], limit: Limit) -> AsyncIterator[None]:
        """`Closed` if a key is blocked or spent, also when that became so while waiting."""
        taken: list[_Turnstile] = []
        try:
            for key in dict.fromkeys(keys):
                turnstile = self._at(key, limit)
                self._must_be_open(key, turnstile)
                await turnstile.seats.acquire()
                taken.append(turnstile)
                self._must_be_open(key, turnstile)
                await self._keep_pace(turnstile)
            yield
        finally:
            for turnstile in taken:
                turnstile.seats.release()

    def block(self, key: str, limit: Limit, seconds: float = BLOCK_SECONDS) -> None:
        """No session for an hour, or for what is left of it."""
        self._at(key, limit).blocked_until = self.clock() + seconds

    @property
    def blocks(self) -> dict[str, float]:
        """Who blocks us, and for how many more seconds."""
        now = self.clock()
        return {key: each.blocked_until - now for key, each in self._turnstiles.items() if each.blocked_until > now}

    async def _keep_pace(self, turnstile: _Turnstile) -> None:
        wait = turnstile.pace.wait(turnstile.limit, self.clock())
        try:
            if wait:
                await self.sleep(wait)
        except asyncio.CancelledError:
            turnstile.pace.take_back()
            raise

    def _must_be_open(self, key: str, turnstile: _Turnstile) -> None:
        if self.clock() < turnstile.blocked_until:
            raise Closed(key, is_block=True)
        day, pace = int(self.clock() // DAY), turnstile.pace
        if pace.day != day:
            pace.day, pace.today = day, 0
        if pace.today >= turnstile.limit.per_day:
            raise Closed(key, is_block=False)

    def _at(self, key: str, limit: Limit) -> _Turnstile:
        if key not in self._turnstiles:
            seats = asyncio.Semaphore(limit.in_flight)
            pace = self.paces.setdefault(key, Pace(float(limit.per_minute), self.clock()))
            self._turnstiles[key] = _Turnstile(limit, seats, pace)
        return self._turnstiles[key]
