"""What all lines to mail servers share: who asks, at which port, how many sessions in all, and the limits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from enrichment.verifying.caller import Caller
from enrichment.verifying.gate import Gate
from enrichment.verifying.providers import LIMITS, OTHER, Limit


@dataclass
class Terms:
    """What all lines share: who asks, at which port, how many sessions in all, and the gate."""

    caller: Caller
    gate: Gate
    seats: asyncio.Semaphore
    port: int = 25
    per_host: int | None = None
    share: int = 1  # among so many processes the limits are divided

    def limit_of(self, group: str) -> Limit:
        limit = LIMITS.get(group, LIMITS[OTHER])
        in_flight = self.per_host or limit.in_flight
        return Limit(*(max(1, each // self.share) for each in (in_flight, limit.per_minute, limit.per_day)))

    def key_of(self, group: str, host: str) -> str:
        """A provider's machines are one to the gate, of all others each is its own."""
        return host if group == OTHER else group

    def block(self, group: str, host: str) -> None:
        self.gate.block(self.key_of(group, host), self.limit_of(group))
