"""Port 25 is tested within its time, once for a while, and missing DNS is not mistaken for a closed port."""

import asyncio

from enrichment.resolving import TableResolver
from enrichment.verifying.selftest import PortTest
from leadengine.guard import networks
from leadengine.sandbox.mail import Host, MailServer

ALLOWED = networks(["127.0.0.0/8"])
ZONE = {("one.com", "A"): ("127.0.5.31",), ("two.com", "A"): ("127.0.5.32",)}


def found_by(hosts, zone=ZONE, times=1):
    async def run():
        async with MailServer(hosts | {"127.0.5.39": Host()}) as server:
            test = PortTest(TableResolver(zone), port=server.port, allowed=ALLOWED, witnesses=("one.com", "two.com"))
            return [await test() for _ in range(times)], test._resolver.asked

    return asyncio.run(run())


def test_one_witness_that_answers_is_enough():
    assert found_by({"127.0.5.32": Host()})[0] == [True]


def test_port_is_closed_when_no_witness_can_be_reached():
    assert found_by({})[0] == [False]


def test_missing_dns_says_nothing_of_the_port():
    assert found_by({}, {})[0] == [True]


def test_finding_is_kept_for_a_while():
    once = found_by({})[1]

    assert found_by({}, times=5)[1] == once
