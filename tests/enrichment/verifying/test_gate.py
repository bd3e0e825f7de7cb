"""A host's sessions, its minute and its day are kept, and a block closes it for an hour; time is passed in."""

import asyncio
import contextlib

import pytest

from enrichment.verifying.gate import Closed, Gate
from enrichment.verifying.providers import Limit, group_of


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds


def starts(sessions, limit):
    """When each of so many sessions began."""
    clock, began = Clock(), []
    gate = Gate(clock, clock.sleep)

    async def run():
        for _ in range(sessions):
            async with gate.session(["mx.acme.com"], limit):
                began.append(clock())

    asyncio.run(run())
    return began


def test_a_minutes_share_may_be_taken_at_once_and_then_comes_evenly():
    began = starts(34, Limit(per_minute=30))

    assert began[:30] == [0.0] * 30
    assert began[30:] == pytest.approx([2.0, 4.0, 6.0, 8.0])


def test_day_ends_when_its_share_is_used_up():
    with pytest.raises(Closed) as refused:
        starts(4, Limit(per_day=3))

    assert refused.value.is_block is False


def test_no_more_sessions_at_once_than_allowed():
    gate, now, most = Gate(), [0], [0]

    async def one():
        async with gate.session(["mx.acme.com"], Limit(in_flight=2)):
            now[0] += 1
            most[0] = max(most[0], now[0])
            await asyncio.sleep(0)
            now[0] -= 1

    async def run():
        await asyncio.gather(*(one() for _ in range(10)))

    asyncio.run(run())

    assert most[0] == 2


def test_block_closes_a_host_for_an_hour_and_no_other():
    clock = Clock()
    gate = Gate(clock, clock.sleep)

    async def enter(key):
        async with gate.session([key], Limit()):
            return True

    gate.block("google", Limit())
    with pytest.raises(Closed) as refused:
        asyncio.run(enter("google"))
    assert refused.value.is_block
    assert asyncio.run(enter("m365"))
    clock.now = 3601
    assert asyncio.run(enter("google"))


@pytest.mark.parametrize(
    ("host", "group"),
    [
        ("aspmx.l.google.com", "google"),
        ("acme-com.mail.protection.outlook.com", "m365"),
        ("hotmail-com.olc.protection.outlook.com", "outlook_consumer"),
        ("mta7.am0.yahoodns.net", "yahoo"),
        ("notgoogle.com", "other"),
        ("mx.acme.com", "other"),
    ],
)
def test_group_is_told_by_the_exchangers_name_on_label_boundaries(host, group):
    assert group_of([host])[0] == group


def test_gates_that_share_their_paces_keep_one_limit_together():
    clock, paces, began = Clock(), {}, []

    async def run():
        for _ in range(2):
            gate = Gate(clock, clock.sleep, paces)
            for _ in range(20):
                async with gate.session(["google"], Limit(per_minute=30)):
                    began.append(clock())

    asyncio.run(run())

    assert began[29:31] == pytest.approx([0.0, 2.0])
    assert paces["google"].today == 40


def test_session_that_was_given_up_while_it_waited_is_not_counted():
    paces = {}

    async def run():
        gate = Gate(paces=paces)
        for _ in range(2):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.02), gate.session(["google"], Limit(per_minute=1)):
                    pass

    asyncio.run(run())

    assert (paces["google"].today, round(paces["google"].tokens)) == (1, 0)
