"""Answers of the domain name system behind one protocol: aiodns, and a table for tests."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import aiodns
import pycares

from enrichment.single_flight import SingleFlight

DEFAULT_TTL = 300
MOST_AT_ONCE = 128  # questions
PATIENCE = 5.0  # seconds for one question, all tries together


class Rcode(StrEnum):
    """How an answer ended; NODATA: the name exists, without records of this type."""

    NOERROR = "noerror"
    NODATA = "nodata"
    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class Answer:
    """`records` as text: A and AAAA addresses, MX "10 mx.acme.example" ("0 " is the null MX), TXT strings joined,
    CNAME and NS host names; lower case but for TXT, without the final dot.
    """

    records: tuple[str, ...] = ()
    rcode: Rcode = Rcode.NOERROR
    ttl: int = DEFAULT_TTL
    took_ms: float = 0.0

    @property
    def is_conclusive(self) -> bool:
        """The name's own servers have spoken: there are records, or there are none."""
        return self.rcode not in (Rcode.SERVFAIL, Rcode.TIMEOUT)

    @property
    def exchanges(self) -> tuple[tuple[int, str], ...]:
        """MX records by preference; a host "" is the null MX (RFC 7505)."""
        pairs = (record.partition(" ") for record in self.records)
        return tuple(sorted((int(preference), host) for preference, _, host in pairs))


class Resolver(Protocol):
    async def query(self, name: str, rtype: str) -> Answer: ...

    async def close(self) -> None: ...


@dataclass
class AioResolver:
    """c-ares: thousands of questions a second. `nameservers` are "1.2.3.4:53"; none: those of the machine.

    No more than MOST_AT_ONCE are on their way at a time: a socket's buffer holds about 200 answers, and drops the others.
    """

    nameservers: Iterable[str] = ()
    patience: float = PATIENCE
    _channel: aiodns.DNSResolver | None = None
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_AT_ONCE))

    async def query(self, name: str, rtype: str) -> Answer:
        async with self._room:
            return await self._ask(name, rtype)

    async def _ask(self, name: str, rtype: str) -> Answer:
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self.patience * 1.5):
                answer = await self._heard(name, rtype)
        except TimeoutError:
            return Answer(rcode=Rcode.TIMEOUT, took_ms=since(started))
        except (aiodns.error.DNSError, UnicodeError) as error:
            return Answer(rcode=_rcode(error), took_ms=since(started))
        kept = [record for record in answer.answer if record.type == getattr(pycares, f"QUERY_TYPE_{rtype}")]
        records = tuple(_TEXTS[rtype](record.data).replace("\0", "") for record in kept)
        ttl = min((record.ttl for record in kept), default=DEFAULT_TTL)
        return Answer(records, Rcode.NOERROR if records else Rcode.NODATA, ttl, since(started))

    async def _heard(self, name: str, rtype: str) -> Any:
        """For an answer that is none c-ares gives up all questions that are on their way together: each is asked again
        apart, so that only the one whose answer that is fails.
        """
        try:
            return await self._opened().query_dns(name, rtype)
        except aiodns.error.DNSError as error:
            if error.args[0] != pycares.errno.ARES_EBADRESP:
                raise
        apart = self._made()
        try:
            return await apart.query_dns(name, rtype)
        finally:
            await apart.close()

    def _opened(self) -> aiodns.DNSResolver:
        """The channel belongs to the loop that first asks; it is made then."""
        if self._channel is None:
            self._channel = self._made()
        return self._channel

    def _made(self) -> aiodns.DNSResolver:
        given = list(self.nameservers)
        return aiodns.DNSResolver(given or None, timeout=self.patience / 3, tries=2, rotate=False)

    async def close(self) -> None:
        """Gives up what is still asked; to be called before the loop ends."""
        if self._channel is not None:
            await self._channel.close()
            self._channel = None


@dataclass
class TableResolver:
    """A resolver for tests: `{("acme.example", "MX"): ("10 mx.acme.example",)}`; a value may be a whole Answer.

    A name that the table knows under another type answers NODATA, any other NXDOMAIN. `asked` is the log.
    """

    table: Mapping[tuple[str, str], Iterable[str] | Answer]
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def query(self, name: str, rtype: str) -> Answer:
        self.asked.append((name, rtype))
        found = self.table.get((name, rtype))
        if found is not None:
            return found if isinstance(found, Answer) else Answer(tuple(found))
        is_known = any(name == known for known, _ in self.table)
        return Answer(rcode=Rcode.NODATA if is_known else Rcode.NXDOMAIN)

    async def close(self) -> None:
        """Nothing is open."""


class Remembering:
    """Answers of another resolver, kept for their time to live (at most an hour), each asked once at a time."""

    def __init__(self, inner: Resolver, *, clock: Callable[[], float] = time.monotonic, most: int = 100_000) -> None:
        self._inner, self._clock, self._most = inner, clock, most
        self._kept: dict[tuple[str, str], tuple[float, Answer]] = {}
        self._flights: SingleFlight[tuple[str, str], Answer] = SingleFlight()

    async def query(self, name: str, rtype: str) -> Answer:
        key = (name.lower(), rtype)
        expires, kept = self._kept.get(key, (0.0, None))
        if kept is not None and self._clock() < expires:
            return kept
        return await self._flights.of(key, lambda: self._ask(key))

    async def close(self) -> None:
        await self._inner.close()

    def know(self, name: str, rtype: str, answer: Answer, seconds: float) -> None:
        """An answer that was kept elsewhere, good for so many more seconds."""
        self._kept[name, rtype] = (self._clock() + seconds, answer)

    @property
    def known(self) -> dict[tuple[str, str], tuple[Answer, float]]:
        """Answers that are good, and for how many more seconds."""
        now = self._clock()
        return {key: (answer, end - now) for key, (end, answer) in self._kept.items() if end > now}

    async def _ask(self, key: tuple[str, str]) -> Answer:
        answer = await self._inner.query(*key)
        if len(self._kept) >= self._most:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (self._clock() + seconds_to_keep(answer), answer)
        return answer


def seconds_to_keep(answer: Answer) -> float:
    """An answer its time to live, at most an hour; "no such name" 15 minutes; a failure half a minute."""
    if answer.rcode in (Rcode.NXDOMAIN, Rcode.NODATA):
        return 900.0
    return min(max(answer.ttl, 1), 3600) if answer.is_conclusive else 30.0


async def gathered(*questions: Awaitable[Answer]) -> list[Answer]:
    """Several questions at once, answers in their order."""
    return list(await asyncio.gather(*questions))


def _rcode(error: Exception) -> Rcode:
    code = error.args[0] if error.args else None
    known = {
        pycares.errno.ARES_ENODATA: Rcode.NODATA,
        pycares.errno.ARES_ENOTFOUND: Rcode.NXDOMAIN,
        pycares.errno.ARES_EBADNAME: Rcode.NXDOMAIN,
        pycares.errno.ARES_ETIMEOUT: Rcode.TIMEOUT,
    }
    return Rcode.NXDOMAIN if isinstance(error, UnicodeError) else known.get(code, Rcode.SERVFAIL)


def host_text(text: str) -> str:
    """A host's name as answers hold it: lower case, no final dot."""
    return text.rstrip(".").lower()


def _text(data: bytes | str) -> str:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else data


_TEXTS: dict[str, Callable[[Any], str]] = {
    "A": lambda data: data.addr,
    "AAAA": lambda data: data.addr,
    "MX": lambda data: f"{data.priority} {host_text(data.exchange)}",
    "TXT": lambda data: _text(data.data),
    "CNAME": lambda data: host_text(data.cname),
    "NS": lambda data: host_text(data.nsdname),
    "PTR": lambda data: host_text(data.dname),
    "SOA": lambda data: f"{host_text(data.mname)} {host_text(data.rname)}",
    "CAA": lambda data: f"{data.critical} {data.tag} {data.value}",
}


def since(started: float) -> float:
    """Milliseconds since a reading of the performance counter."""
    return round((time.perf_counter() - started) * 1000, 1)
