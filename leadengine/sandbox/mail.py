"""A mail server on a free loopback port whose hosts behave by script: for the sample's domains and for tests."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CLOSE = "close"  # what a script answers to hang up without a word
MUTE = "mute"  # ... and to say nothing more
UNKNOWN = "550 5.1.1 <{}>: Recipient address rejected: User unknown in virtual mailbox table"
Answering = Callable[["Visit", str], str]


@dataclass
class Host:
    """One machine's behaviour. `mailboxes` are local parts; `rcpt` answers a recipient itself where it is given.

    `banner`, `helo`, `mail` and `goodbye` are the replies at their stages; `offers` the extensions; `wait` seconds from a line to
    its reply, as on a long way: lines that came together are answered together where PIPELINING is offered.
    """

    mailboxes: frozenset[str] = frozenset({"ada", "info"})
    banner: str = "220 mx.example ESMTP"
    helo: str = ""
    mail: Callable[[str], str] = lambda _sender: "250 2.1.0 Ok"
    rcpt: Answering | None = None
    goodbye: Callable[[Visit], str] = lambda _visit: "221 2.0.0 Bye"
    offers: tuple[str, ...] = ("ENHANCEDSTATUSCODES", "SMTPUTF8")
    wait: float = 0.0
    tls: ssl.SSLContext | None = None  # offers STARTTLS, and demands it before a sender
    is_tls_for_senders: bool = True  # ... or leaves it to `rcpt` to demand it


@dataclass
class Visit:
    """One session as the server saw it."""

    host: str
    recipients: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    sender: str = ""
    is_secure: bool = False


@dataclass
class MailServer:
    """`hosts` by loopback address ("127.0.5.1"); all listen on one free port. `visits` and `most_at_once` are the log.

    async with MailServer({"127.0.5.1": Host()}) as server:
        ...connect to 127.0.5.1:server.port
    """

    hosts: Mapping[str, Host]
    port: int = 0
    visits: list[Visit] = field(default_factory=list)
    most_at_once: Counter[str] = field(default_factory=Counter)
    _now: Counter[str] = field(default_factory=Counter)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    async def __aenter__(self) -> MailServer:
        for address in self.hosts:
            server = await asyncio.start_server(self._visited(address), address, self.port)
            self.port = self.port or server.sockets[0].getsockname()[1]
            self._servers.append(server)
        return self

    async def __aexit__(self, *_error: object) -> None:
        for server in self._servers:
            server.close()
        for writer in list(self._open):
            writer.close()
        await asyncio.sleep(0)

    def visits_of(self, address: str) -> list[Visit]:
        return [visit for visit in self.visits if visit.host == address]

    def _visited(self, address: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], asyncio.Future]:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._open.add(writer)
            self._now[address] += 1
            self.most_at_once[address] = max(self.most_at_once[address], self._now[address])
            visit = Visit(address)
            self.visits.append(visit)
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await _talk(self.hosts[address], visit, reader, writer)
            self._now[address] -= 1
            self._open.discard(writer)
            writer.close()

        return serve  # type: ignore[return-value]


async def _talk(host: Host, visit: Visit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reply, came_at = host.banner, _clock()
    lines = _Ahead(reader) if "PIPELINING" in host.offers and not host.tls else _InTurn(reader)
    try:
        while True:
            if (wait := came_at + host.wait - _clock()) > 0:
                await asyncio.sleep(wait)
            if reply == CLOSE:
                return
            if reply != MUTE:
                writer.write(reply.encode() + b"\r\n")
            if reply.startswith(("221", "421")) or (reply != MUTE and visit.commands[-1:] == ["QUIT"]):
                return
            line, came_at = await lines.next()
            if not line:
                return
            visit.commands.append(line)
            if line.upper() == "STARTTLS" and host.tls:
                line = await _secured(host.tls, visit, reader, writer)
            reply = MUTE if reply == MUTE else _answer(host, visit, line)
    finally:
        lines.close()


async def _secured(
    context: ssl.SSLContext, visit: Visit, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> str:
    """Turns to TLS; the first line under it."""
    writer.write(b"220 2.0.0 Ready\r\n")
    await writer.start_tls(context)
    visit.is_secure = True
    line = (await reader.readline()).decode().strip()
    visit.commands.append(line)
    return line


def _clock() -> float:
    return asyncio.get_running_loop().time()


class _InTurn:
    """A client's lines, each read when the one before it is answered."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def next(self) -> tuple[str, float]:
        line = (await self._reader.readline()).decode("utf-8", "replace").strip()
        return line, _clock()

    def close(self) -> None:
        """Nothing is under way."""


class _Ahead(_InTurn):
    """A client's lines, read as they come, with when they came."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        super().__init__(reader)
        self._lines: asyncio.Queue[tuple[str, float]] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def next(self) -> tuple[str, float]:
        return await self._lines.get()

    def close(self) -> None:
        self._reading.cancel()

    async def _read(self) -> None:
        line = "?"
        while line:
            try:
                line, at = await super().next()
            except (OSError, ValueError):
                line, at = "", _clock()
            self._lines.put_nowait((line, at))


def _answer(host: Host, visit: Visit, line: str) -> str:
    verb, _, rest = line.partition(" ")
    verb = verb.upper()
    if verb == "QUIT":
        return host.goodbye(visit)
    if verb in ("EHLO", "HELO"):
        if host.helo and verb == "EHLO":
            return host.helo
        return "\r\n".join(["250-mx.example", *(f"250-{each}" for each in _offers(host, visit)), "250 8BITMIME"])
    address = rest.partition("<")[2].partition(">")[0]
    if verb == "MAIL":
        visit.sender = address
        return (
            host.mail(address)
            if visit.is_secure or not (host.tls and host.is_tls_for_senders)
            else "530 5.7.0 Must issue a STARTTLS command first"
        )
    if verb == "RCPT":
        visit.recipients.append(address)
        return host.rcpt(visit, address) if host.rcpt else known_only(host, address)
    return "502 5.5.2 Error: command not recognized"


def _offers(host: Host, visit: Visit) -> tuple[str, ...]:
    return (*host.offers, "STARTTLS") if host.tls and not visit.is_secure else host.offers


def known_only(host: Host, address: str) -> str:
    """Accepts its own mailboxes."""
    is_known = address.rpartition("@")[0].lower() in host.mailboxes
    return "250 2.1.5 Ok" if is_known else UNKNOWN.format(address)
