"""Verdicts for a stream of addresses, with many under way: in their order, or as they are found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable

from enrichment.verdict import EmailVerdict
from enrichment.verifying.verifier import Verifier

MOST_UNDER_WAY = 10_000  # far more than sessions: addresses of one domain meet in one session
Found = tuple[str, EmailVerdict]
Results = asyncio.Queue[asyncio.Task[Found] | None]


async def verified(
    verifier: Verifier, addresses: AsyncIterable[str], *, is_ordered: bool = True, most: int = MOST_UNDER_WAY
) -> AsyncGenerator[Found, None]:
    """Each address with its verdict. At most `most` are under way; those that wait for their turn are counted too."""
    results: Results = asyncio.Queue()
    room = asyncio.Semaphore(most)
    feeding = asyncio.create_task(_feed(verifier, addresses, results, room, is_ordered=is_ordered))
    try:
        while (task := await results.get()) is not None:
            try:
                found = await task
            except asyncio.CancelledError:
                if not _is_cancelled():  # the addresses broke off; why, is what there is to tell
                    await feeding
                raise
            yield found
            room.release()
        await feeding
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)


def _is_cancelled() -> bool:
    asked = asyncio.current_task()
    return asked is not None and asked.cancelling() > 0


async def _feed(
    verifier: Verifier, addresses: AsyncIterable[str], results: Results, room: asyncio.Semaphore, *, is_ordered: bool
) -> None:
    """Starts a check for each address; the result is put in line at once, or when it is there. None ends the line."""
    under_way: set[asyncio.Task[Found]] = set()
    try:
        async for address in addresses:
            await room.acquire()
            task = asyncio.create_task(_one(verifier, address))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            if is_ordered:
                results.put_nowait(task)
            else:
                task.add_done_callback(results.put_nowait)
        while under_way:
            await asyncio.wait(under_way)
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        results.put_nowait(None)


async def _one(verifier: Verifier, address: str) -> Found:
    return address, await verifier.verify(address)
