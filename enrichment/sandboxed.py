"""Verifies invented addresses against the sandbox's name server and mail server, over loopback and by the real engine."""

from __future__ import annotations

import asyncio
from datetime import datetime

from enrichment.resolving import AioResolver
from enrichment.verdict import EmailVerdict
from enrichment.verifying.session import Caller
from enrichment.verifying.verifier import Options, Verifier
from leadengine.guard import networks
from leadengine.sandbox.invented_mail import ADDRESS, host_of, table_of
from leadengine.sandbox.mail import MailServer
from leadengine.sandbox.names import NameServer

CALLER = Caller("probe.sandbox.example", "verify@sandbox.example")


def verify_invented(email: str, *, now: datetime) -> EmailVerdict:
    """As `verification.verify_address`, but nothing leaves the machine, and nothing is remembered for others.

    Raises SandboxForbidden where invented data may not be served. Only these calls may reach the loopback address.
    """
    names, mail = NameServer(table_of([email])), MailServer({ADDRESS: host_of([email])})
    return asyncio.run(_verify(email, names, mail, now))


async def _verify(email: str, names: NameServer, mail: MailServer, now: datetime) -> EmailVerdict:
    async with names, mail:
        options = Options(CALLER, port=mail.port, allowed=networks(["127.0.0.0/8"]))
        verifier = Verifier(AioResolver([names.address]), options, now=lambda: now)
        try:
            return await verifier.verify(email)
        finally:
            await verifier.close()
