"""How a verifier verifies: what is asked, at what pace, and what it may leave alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrichment.verifying.caller import Caller
from enrichment.verifying.room import MOST_RECIPIENTS
from leadengine.guard import Networks


@dataclass(frozen=True, slots=True)
class Options:
    """How to verify. `waits`: seconds before each further try of an address that is to come back later; empty: the
    verdict is `unknown` with a `retry_at`, and the caller comes back himself. `room`: recipients in a session, at most 8.
    `block_lists`: zones that are asked about each domain. `skipped`: providers' groups whose servers are left alone.
    `traps`: addresses and domains, in lower case, that are said to catch senders of spam. `most_domains` are kept in mind.
    """

    caller: Caller
    port: int = 25
    allowed: Networks = ()
    concurrency: int = 50
    per_host_sessions: int | None = None
    waits: Sequence[float] = ()
    is_probing: bool = True
    room: int = MOST_RECIPIENTS
    block_lists: Sequence[str] = ()
    skipped: frozenset[str] = frozenset()
    traps: frozenset[str] = frozenset()
    is_disposable_final: bool = True  # False: a throw-away domain is a flag only, and its server is asked
    most_domains: int = 50_000
    with_posture: bool = True  # ask also for what the domain says of the mail it sends
    with_technologies: bool = False  # ... and for all that shows what a company uses
    share: int = 1  # among so many processes that verify at the same time the limits are divided
