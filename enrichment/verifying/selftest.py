"""Whether this machine may call port 25 at all: many hosters close it, and then no mail server is to blame."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from enrichment.resolving import Resolver
from enrichment.verifying.routing import route_of
from leadengine.guard import Networks

SECONDS = 2.0
KEPT_SECONDS = 600.0
# Large receivers that have nothing to do with one another; one that answers is enough.
WITNESSES = ("gmail.com", "outlook.com", "yahoo.com", "gmx.net", "icloud.com", "mail.ru", "proton.me")


class NameTest:
    """`await test()` is False if none of the witnesses is found within two seconds, so that "no such domain" is no proof."""

    def __init__(self, resolver: Resolver, *, witnesses: Sequence[str] = WITNESSES, seconds: float = SECONDS) -> None:
        self._resolver, self._witnesses, self._seconds = resolver, witnesses, seconds
        self._asked: asyncio.Future[bool] | None = None

    async def __call__(self) -> bool:
        """Asked once, by whoever is first."""
        if self._asked is None:
            self._asked = asyncio.ensure_future(self._test())
        return await asyncio.shield(self._asked)

    async def _test(self) -> bool:
        tasks = [asyncio.create_task(self._resolver.query(domain, "MX")) for domain in self._witnesses]
        try:
            for next_done in asyncio.as_completed(tasks, timeout=self._seconds):
                if (await next_done).records:
                    return True
        except TimeoutError:
            return False
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return False


class PortTest:
    """`await test()` is False if none of the witnesses can be reached within two seconds; kept for ten minutes.

    Where no name resolves either, it is DNS that is missing: then the verdicts say so themselves, and this is True.
    """

    def __init__(
        self,
        resolver: Resolver,
        *,
        port: int = 25,
        allowed: Networks = (),
        witnesses: Sequence[str] = WITNESSES,
        seconds: float = SECONDS,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._resolver, self._port, self._allowed = resolver, port, allowed
        self._witnesses, self._seconds, self._clock = witnesses, seconds, clock
        self._lock = asyncio.Lock()
        self._found: tuple[float, bool] | None = None

    async def __call__(self) -> bool:
        async with self._lock:
            now = (self._clock or asyncio.get_running_loop().time)()
            if self._found is None or now - self._found[0] > KEPT_SECONDS:
                self._found = (now, await self._test())
            return self._found[1]

    async def _test(self) -> bool:
        tasks = [asyncio.create_task(self._reaches(domain)) for domain in self._witnesses]
        was_resolved = False
        try:
            for next_done in asyncio.as_completed(tasks, timeout=self._seconds):
                reached = await next_done
                was_resolved = was_resolved or reached is not None
                if reached:
                    return True
        except TimeoutError:
            return False
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return not was_resolved

    async def _reaches(self, domain: str) -> bool | None:
        """None: there is no address to try."""
        route = await route_of(domain, self._resolver, self._allowed)
        if not route.exchangers:
            return None
        try:
            _, writer = await asyncio.open_connection(route.exchangers[0].addresses[0], self._port)
        except OSError:
            return False
        writer.close()
        return True
