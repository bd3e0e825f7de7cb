"""How fast a bulk of addresses is verified over real sockets, and how right, beside one address a session."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from enrichment.resolving import TableResolver
from enrichment.verdict import EmailVerdict
from enrichment.verifying.connection import Patience
from enrichment.verifying.gate import Gate
from enrichment.verifying.options import Options
from enrichment.verifying.session import Caller
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import Host, MailServer

DOMAINS, ADDRESSES, CONCURRENCY = 25, 40, 50
WAIT = 0.05
MAILBOXES = frozenset(f"u{number}" for number in range(ADDRESSES // 2))
OFFERS = ("PIPELINING", "ENHANCEDSTATUSCODES", "SMTPUTF8")
PEER = "one address a session, two sessions a host"
TRUTH = {True: "deliverable", False: "undeliverable"}


def run() -> Iterator[Figure]:
    for name, wait in (("at 0 ms", 0.0), ("at 50 ms", WAIT)):
        ours, seconds, most = asyncio.run(verified(wait, room=8))
        _, their_seconds, _ = asyncio.run(verified(wait, room=1))
        n = len(ours)
        yield Figure(f"verification/speed {name}", n / seconds, "addresses/s", their_seconds / seconds, PEER, n)
        yield Figure(f"verification/right {name}", right(ours), "share", right(ours), "all", n)
        yield Figure(f"verification/precision of deliverable {name}", precision(ours), "share", precision(ours), "1", n)
        yield Figure(
            f"verification/most recipients {name}", most, "in a session", most / 8, "8, by the server's log", n
        )


async def verified(wait: float, *, room: int) -> tuple[dict[str, EmailVerdict], float, int]:
    """Verdicts by address, how long they took, and the most recipients that the server saw in a session."""
    emails = [f"u{number}@bulk{domain}.com" for number in range(ADDRESSES) for domain in range(DOMAINS)]
    hosts = {f"127.0.6.{domain + 1}": Host(MAILBOXES, wait=wait, offers=OFFERS) for domain in range(DOMAINS)}
    zone = {(f"bulk{domain}.com", "A"): (f"127.0.6.{domain + 1}",) for domain in range(DOMAINS)}
    async with MailServer(hosts) as server:
        caller = Caller("probe.example.com", "probe@example.com", Patience())
        options = Options(caller, server.port, networks(["127.0.0.0/8"]), CONCURRENCY, room=room)
        verifier = Verifier(TableResolver(zone), options, gate=Gate(sleep=at_once))
        started = time.perf_counter()
        found = await asyncio.gather(*map(verifier.verify, emails))
        seconds = time.perf_counter() - started
        await verifier.close()
        return dict(zip(emails, found, strict=True)), seconds, max(len(each.recipients) for each in server.visits)


async def at_once(_seconds: float) -> None:
    """The minute's share is not what is measured: nobody waits for it here."""


def truth(email: str) -> str:
    return TRUTH[email.partition("@")[0] in MAILBOXES]


def right(found: dict[str, EmailVerdict]) -> float:
    return sum(verdict.status == truth(email) for email, verdict in found.items()) / len(found)


def precision(found: dict[str, EmailVerdict]) -> float:
    called = [truth(email) for email, verdict in found.items() if verdict.status == "deliverable"]
    return sum(each == "deliverable" for each in called) / len(called)
