"""Verdicts for a stream of addresses, with many under way: in their order, or as they are found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator

from enrichment.verdict import EmailVerdict
from enrichment.verifying.verifier import Verifier

MOST_UNDER_WAY = 10_000  # far more than sessions: addresses of one domain meet in one session
Found = tuple[str, EmailVerdict]


async def verified(
    verifier: Verifier, addresses: AsyncIterable[str], *, is_ordered: bool = True, most: int = MOST_UNDER_WAY
) -> AsyncIterator[Found]:
    """Each address with its verdict. At most `most` are under way; those that wait for their turn are counted too."""
    results: asyncio.Queue[asyncio.Task[Found] | None] = asyncio.Queue()
    room = asyncio.Semaphore(most)

    async def one(address: str) -> Found:
        return address, await verifier.verify(address)

    async def feed() -> None:
        async for address in addresses:
            await room.acquire()
            task = asyncio.create_task(one(address))
            if is_ordered:
                results.put_nowait(task)
            else:
                open_tasks.add(task)
                task.add_done_callback(results.put_nowait)
        if open_tasks:
            await asyncio.wait(open_tasks)
        results.put_nowait(None)

    open_tasks: set[asyncio.Task[Found]] = set()
    feeding = asyncio.create_task(feed())
    try:
        while (task := await results.get()) is not None:
            yield await task
            open_tasks.discard(task)
            room.release()
        await feeding
    finally:
        feeding.cancel()
