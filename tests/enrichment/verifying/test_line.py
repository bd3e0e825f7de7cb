"""Addresses of one domain wait in line: which of them share a session."""

import asyncio

from enrichment.resolving import TableResolver
from enrichment.verifying.options import Options
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import Host, MailServer, known_only
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, table


def test_address_in_utf8_that_comes_late_is_asked_where_the_sender_was_named_for_it():
    host, late = Host(frozenset({"ada", "jörg"}), wait=0.02), []

    def named(visit, address):
        is_understood = address.isascii() or visit.commands[-2].endswith("SMTPUTF8")
        return known_only(host, address) if is_understood else "553 5.6.7 Must use SMTPUTF8"

    async def scene():
        async with MailServer({ADDRESS: host}) as server:
            verifier = Verifier(TableResolver(table()), Options(CALLER, server.port, networks(["127.0.0.0/8"])))

            def joined(_sender):
                if not late:
                    late.append(asyncio.create_task(verifier.verify("jörg@acme.com")))
                return "250 2.1.0 Ok"

            host.rcpt, host.mail = named, joined
            await verifier.verify("ada@acme.com")
            verdict = await late[0]
            await verifier.close()
            return verdict.reason

    assert asyncio.run(scene()) == "mailbox_accepted"
