"""Verifies invented addresses against the sandbox's name server and mail server, over loopback and by the real engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from enrichment.finding.finder import Finding, find
from enrichment.finding.patterns import Known, Person
from enrichment.looping import run_to_end
from enrichment.resolving import AioResolver, TableResolver
from enrichment.verdict import EmailVerdict
from enrichment.verifying.caller import Caller
from enrichment.verifying.options import Options
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.invented_mail import ADDRESS, host_of, table_of
from leadengine.sandbox.mail import MailServer
from leadengine.sandbox.names import NameServer

CALLER = Caller("probe.sandbox.example", "verify@sandbox.example")
T = TypeVar("T")
LOOPBACK = networks(["127.0.0.0/8"])


def verify_invented(waited: Mapping[str, float], *, now: datetime) -> dict[str, EmailVerdict]:
    """As `verification.verify_addresses`, but nothing leaves the machine, and nothing is remembered for others.

    `waited`: the addresses, each with the seconds since it was first asked for, 0 at first. Raises SandboxForbidden where
    invented data may not be served. Only these calls may reach the loopback address.
    """
    emails = list(waited)
    names, mail = NameServer(table_of(emails)), MailServer({ADDRESS: host_of(emails, waited)})
    return run_to_end(_verify(emails, names, mail, now)) if emails else {}


def check_invented(emails: Iterable[str], *, now: datetime) -> dict[str, EmailVerdict]:
    """Syntax and domain of invented addresses, by the table that the sandbox's name server answers from."""
    wanted = list(emails)
    table = {key: [each.rstrip(".") for each in records] for key, records in table_of(wanted).items()}
    options = Options(CALLER, allowed=LOOPBACK, with_posture=False)
    verifier = Verifier(TableResolver(table), options, now=lambda: now)
    return run_to_end(_each(verifier.check, wanted)) if wanted else {}


def find_invented(person: Person, domain: str, known: Sequence[Known], *, now: datetime) -> Finding:
    """As `finding.finder.find`, of somebody invented: an address there is built of both names with a dot, if it exists."""
    email = f"{person.first}.{person.last}@{domain}".lower()
    names, mail = NameServer(table_of([email])), MailServer({ADDRESS: host_of([email], {})})
    return run_to_end(_within(names, mail, now, lambda verifier: find(verifier, person, domain, known)))


async def _verify(emails: list[str], names: NameServer, mail: MailServer, now: datetime) -> dict[str, EmailVerdict]:
    return await _within(names, mail, now, lambda verifier: _each(verifier.verify, emails))


async def _within(names: NameServer, mail: MailServer, now: datetime, ask: Callable[[Verifier], Awaitable[T]]) -> T:
    """With a verifier that knows these two servers alone."""
    async with names, mail:
        options = Options(CALLER, port=mail.port, allowed=LOOPBACK)
        verifier = Verifier(AioResolver([names.address]), options, now=lambda: now)
        try:
            return await ask(verifier)
        finally:
            await verifier.close()


async def _each(ask: Callable[[str], Awaitable[EmailVerdict]], emails: list[str]) -> dict[str, EmailVerdict]:
    return dict(zip(emails, await asyncio.gather(*map(ask, emails)), strict=True))
