"""What all lines to mail servers share: who asks, at which port, how many sessions in all, and the limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from enrichment.verifying.caller import Caller
from enrichment.verifying.gate import Gate
from enrichment.verifying.providers import LIMITS, OTHER, Limit, group_of


@dataclass
class Terms:
    """What all lines share: who asks, at which port, how many sessions in all, and the gate."""

    caller: Caller
    gate: Gate
    seats: asyncio.Semaphore
    port: int = 25
    per_host: int | None = None
    share: int = 1  # among so many processes the limits are divided
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _limits: dict[str, Limit] = field(default_factory=dict)

    def stranger_at(self, domain: str) -> str:
        """Whom nobody has there, by this week's name."""
        return self.caller.stranger_at(domain, self.now())

    def limit_of(self, group: str) -> Limit:
        if group not in self._limits:
            limit = LIMITS.get(group, LIMITS[OTHER])
            in_flight = self.per_host or limit.in_flight
            shared = (max(1, each // self.share) for each in (in_flight, limit.per_minute, limit.per_day))
            self._limits[group] = Limit(*shared)
        return self._limits[group]

    def turn_at(self, host: str, address: str) -> AbstractAsyncContextManager[None]:
        """A session's turn at the gate, where a provider's machines are one, and of all others each is its own: also of
        those that a domain has beside its provider's.
        """
        group = group_of([host])[0]
        return self.gate.session([_key_of(group, host), address], self.limit_of(group))

    def block(self, host: str) -> None:
        group = group_of([host])[0]
        self.gate.block(_key_of(group, host), self.limit_of(group))


def _key_of(group: str, host: str) -> str:
    return host if group == OTHER else group
