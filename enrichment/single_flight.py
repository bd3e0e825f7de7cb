"""One piece of work for all who want it at the same time, done by the first of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class _Abandoned(Exception):
    """Who did the work was cancelled."""


class SingleFlight(Generic[Key, Result]):
    """`await flight.of(key, work)`: the first to ask for a key does the work, the others wait for what comes of it.

    Without a task of its own, and without a future where nobody waits, which matters where it is done thousands of times
    a second. If the first is cancelled, another one does the work anew; if the work fails, all get the failure.
    """

    def __init__(self) -> None:
        self._flying: dict[Key, list[asyncio.Future[Result]]] = {}  # who waits for it, each with a future of his own

    async def of(self, key: Key, work: Callable[[], Awaitable[Result]]) -> Result:
        while (waiting := self._flying.get(key)) is not None:
            waiting.append(landing := asyncio.get_running_loop().create_future())
            with suppress(_Abandoned):
                return await landing
        return await self._first(key, work)

    async def _first(self, key: Key, work: Callable[[], Awaitable[Result]]) -> Result:
        waiting = self._flying[key] = []
        ending: Exception = _Abandoned()
        try:
            result = await work()
            for landing in _still(waiting):
                landing.set_result(result)
            return result
        except Exception as error:
            ending = error
            raise
        finally:
            del self._flying[key]
            for landing in _still(waiting):
                landing.set_exception(ending)
                landing.exception()  # looked at, also by one who is being cancelled


def _still(waiting: list[asyncio.Future[Result]]) -> list[asyncio.Future[Result]]:
    return [landing for landing in waiting if not landing.done()]
