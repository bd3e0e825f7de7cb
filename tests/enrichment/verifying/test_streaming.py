"""A reader that has seen enough ends all that was under way for him."""

import asyncio

import pytest

from enrichment.resolving import TableResolver
from enrichment.verifying.options import Options
from enrichment.verifying.streaming import verified
from enrichment.verifying.verifier import Verifier
from leadengine.guard import networks
from leadengine.sandbox.mail import MUTE, Host, MailServer
from tests.enrichment.verifying.test_verifier import ADDRESS, CALLER, saying, table

ZONE = table({("nul.com", "MX"): ("0 ",)})


async def addresses():
    yield "ada@nul.com"
    for number in range(40):
        yield f"u{number}@acme.com"


def test_nothing_is_under_way_after_the_reader_has_left():
    async def run():
        async with MailServer({ADDRESS: Host(rcpt=saying(MUTE))}) as server:
            before = asyncio.all_tasks()
            verifier = Verifier(TableResolver(ZONE), Options(CALLER, server.port, networks(["127.0.0.0/8"])))
            stream = verified(verifier, addresses())
            first = await anext(stream)
            while not server.visits:
                await asyncio.sleep(0.001)
            await stream.aclose()
            await verifier.close()
            left = {str(task.get_coro()) for task in asyncio.all_tasks() - before}
            return first[1].reason, [each for each in left if "MailServer" not in each]

    assert asyncio.run(run()) == ("null_mx", [])


@pytest.mark.parametrize("is_ordered", [True, False], ids=["ordered", "unordered"])
def test_what_ends_the_addresses_is_told_while_some_are_under_way(is_ordered):
    async def broken_off(server):
        yield "ada@acme.com"
        while not server.visits:
            await asyncio.sleep(0.001)
        raise BrokenPipeError

    async def run():
        async with MailServer({ADDRESS: Host(rcpt=saying(MUTE))}) as server:
            verifier = Verifier(TableResolver(ZONE), Options(CALLER, server.port, networks(["127.0.0.0/8"])))
            try:
                return [each async for each in verified(verifier, broken_off(server), is_ordered=is_ordered)]
            finally:
                await verifier.close()

    with pytest.raises(BrokenPipeError):
        asyncio.run(run())
