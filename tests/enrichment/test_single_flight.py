"""Work wanted by many at once is done once; whoever leaves, the others get their result."""

import asyncio

import pytest

from enrichment.single_flight import SingleFlight


def run(scene):
    return asyncio.run(asyncio.wait_for(scene, 5))


def counting(calls, *, fails=False):
    async def work():
        calls.append(1)
        await asyncio.sleep(0.01)
        if fails:
            raise ValueError("no")
        return len(calls)

    return work


def test_many_get_what_the_first_did():
    async def scene():
        flight, calls = SingleFlight(), []
        found = await asyncio.gather(*(flight.of("key", counting(calls)) for _ in range(5)))
        return found, len(calls)

    assert run(scene()) == ([1] * 5, 1)


def test_another_does_the_work_when_the_first_is_cancelled():
    async def scene():
        flight, calls = SingleFlight(), []
        first, *others = [asyncio.create_task(flight.of("key", counting(calls))) for _ in range(3)]
        await asyncio.sleep(0)
        first.cancel()
        return await asyncio.gather(first, *others, return_exceptions=True)

    first, *others = run(scene())

    assert isinstance(first, asyncio.CancelledError)
    assert others == [2, 2]


def test_one_who_waits_may_leave():
    async def scene():
        flight, calls = SingleFlight(), []
        first, second = [asyncio.create_task(flight.of("key", counting(calls))) for _ in range(2)]
        await asyncio.sleep(0)
        second.cancel()
        return await asyncio.gather(first, second, return_exceptions=True)

    first, second = run(scene())

    assert first == 1
    assert isinstance(second, asyncio.CancelledError)


def test_all_get_the_failure_and_the_next_one_tries_anew():
    async def scene():
        flight, calls = SingleFlight(), []
        found = await asyncio.gather(
            *(flight.of("key", counting(calls, fails=True)) for _ in range(3)), return_exceptions=True
        )
        return found, await flight.of("key", counting(calls))

    failures, later = run(scene())

    assert [str(each) for each in failures] == ["no"] * 3
    assert later == 2


@pytest.mark.parametrize("keys", [("a", "b")])
def test_different_keys_do_not_wait_for_each_other(keys):
    async def scene():
        flight, calls = SingleFlight(), []
        await asyncio.gather(*(flight.of(key, counting(calls)) for key in keys))
        return len(calls)

    assert run(scene()) == 2
