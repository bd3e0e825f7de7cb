"""One piece of work for all who want it at the same time, done by the first of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class SingleFlight(Generic[Key, Result]):
    """`await flight.of(key, work)`: the first to ask for a key does the work, the others wait for what comes of it.

    Without a task of its own, which matters where it is done thousands of times a second. If the first is cancelled,
    another one does the work anew; if the work fails, all get the failure.
    """

    def __init__(self) -> None:
        self._flying: dict[Key, asyncio.Future[Result]] = {}

    async def of(self, key: Key, work: Callable[[], Awaitable[Result]]) -> Result:
        while (flying := self._flying.get(key)) is not None:
            try:
                return await asyncio.shield(flying)
            except asyncio.CancelledError:
                if not flying.cancelled() or _is_being_cancelled():
                    raise
        return await self._first(key, work)

    async def _first(self, key: Key, work: Callable[[], Awaitable[Result]]) -> Result:
        flying = self._flying[key] = asyncio.get_running_loop().create_future()
        try:
            result = await work()
        except Exception as error:
            flying.set_exception(error)
            flying.exception()  # looked at, also if nobody waits
            raise
        else:
            flying.set_result(result)
            return result
        finally:
            flying.cancel()  # does nothing once there is a result
            del self._flying[key]


def _is_being_cancelled() -> bool:
    task = asyncio.current_task()
    return bool(task and task.cancelling())
