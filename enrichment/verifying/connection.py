"""An SMTP client that asks and hears: one connection, a time limit on each step, everything said kept."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from enrichment.verdict import Reason
from enrichment.verifying.parting import BYE, SAYS_GOODBYE, Leave
from enrichment.verifying.proxy import Proxy
from enrichment.verifying.replying import Reply, as_text, parse_reply
from enrichment.verifying.streams import Stream, open_stream

MOST_LINES = 100
_HOST_NAME = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*", re.ASCII)


class Lost(Exception):
    """The connection is of no more use; `reason` is the verdict's."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.detail = reason, detail


class OutOfStep(Lost):
    """The server answers something else than what was asked: nothing that it said in this session is to be believed."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.DISCONNECTED, f"answers out of step: {detail}")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that each step may take."""

    connect: float = 5.0
    banner: float = 10.0
    reply: float = 12.0
    goodbye: float = 1.0


@dataclass
class Connection:
    """Open one with `connect`; each `command` waits for its answer. Any failure is `Lost`.

    Several lines may be sent at once to a server that offers PIPELINING (RFC 2920): each `reply` is the next one's answer.
    """

    stream: Stream
    patience: Patience
    is_secure: bool = False
    is_open: bool = True
    sent_at: float = 0.0
    farewell: Reply | None = None
    slowest: float = 0.0  # seconds that an answer took

    async def banner(self) -> Reply:
        """The server's greeting, which comes unasked."""
        return await self._hear(time.perf_counter(), self.patience.banner, Reason.NO_BANNER)

    async def command(self, line: str) -> Reply:
        await self.send(line)
        return await self.reply()

    async def send(self, *lines: str) -> None:
        """To a server that has said nothing unasked: what it says would be taken for the answer. Only 421 may come at
        any time, and is the answer to all that follows.
        """
        if self.stream.unread and self.farewell is None:
            await self._hear_unasked()
        if self.farewell is not None:
            return
        self.sent_at = time.perf_counter()
        try:
            self.stream.write("".join(f"{line}\r\n" for line in lines).encode())
        except OSError as error:
            raise self._lost(Reason.DISCONNECTED, str(error)) from error

    async def reply(self) -> Reply:
        if self.farewell is not None:
            return self.farewell
        reply = await self._hear(self.sent_at, self.patience.reply, Reason.SMTP_TIMEOUT)
        self.slowest = max(self.slowest, reply.ms / 1000)
        return reply

    async def _hear_unasked(self) -> None:
        reply = await self.reply()
        if reply.code != SAYS_GOODBYE:
            self.is_open = False
            raise OutOfStep(f"{reply.code} unasked")
        self.farewell = reply

    async def start_tls(self, host: str) -> None:
        """Encrypts what follows, after STARTTLS was answered with 220. Whose certificate it is does not matter here.

        What was said before that in clear text, by whomever, is not to be taken for what the server says under it.
        """
        if self.stream.unread:
            self.is_open = False
            raise OutOfStep("words before TLS")
        try:
            secured = self.stream.start_tls(_tls_context(), host if _is_host_name(host) else None)
            await asyncio.wait_for(secured, self.patience.reply)
        except (OSError, ssl.SSLError, TimeoutError, ValueError) as error:
            raise self._lost(Reason.TLS_REQUIRED, f"TLS failed: {error}") from error
        self.is_secure = True

    async def close(self) -> Leave:
        """Says goodbye and waits for the server to hang up, so that it never counts us twice."""
        if not self.is_open:
            self.stream.close()
            return Leave()
        is_early = self.stream.unread > 0
        try:
            codes = await self._last_words()
        finally:
            self.stream.close()
        return Leave(tuple(codes), is_early=is_early)

    def drop(self) -> None:
        """Says goodbye and waits for nothing."""
        if self.is_open:
            self.is_open = False
            with suppress(OSError):
                self.stream.write(b"QUIT\r\n")
        self.stream.close()

    @property
    def longest_goodbye(self) -> float:
        """Seconds in which an answer that is late has come: what the slowest took, and a moment."""
        return self.slowest + self.patience.goodbye

    async def _last_words(self) -> list[int]:
        """The codes of what it says up to its leave, after which it may say what it likes."""
        codes: list[int] = []
        self.is_open = False
        with suppress(OSError, ValueError):
            self.stream.write(b"QUIT\r\n")
            until = _in(self.longest_goodbye)
            while line := await self._next_line(until):
                if BYE not in codes and line[:3].isdigit() and line[3:4] != b"-":
                    codes.append(int(line[:3]))
                    if codes[-1] == BYE:
                        until = _in(self.patience.goodbye)
        return codes

    async def _next_line(self, until: float) -> bytes:
        """b"" at the end."""
        while (line := self.stream.line()) is None:
            await self.stream.more(until)
        return line

    async def _hear(self, started: float, seconds: float, reason: Reason) -> Reply:
        """The next answer. What has come already, as answers to several lines sent at once do, needs no clock."""
        lines: list[str] = []
        try:
            until = 0.0
            while not self._has_heard_all(lines):
                until = until or _in(seconds)
                await self.stream.more(until)
            return parse_reply(lines, ms=round((time.perf_counter() - started) * 1000, 1))
        except TimeoutError as error:
            raise self._lost(reason, f"no answer for {seconds:g} s") from error
        except (OSError, ValueError) as error:
            raise self._lost(Reason.DISCONNECTED, str(error)[:100]) from error

    def _has_heard_all(self, lines: list[str]) -> bool:
        """Takes the lines of an answer that have come; True when its last one has."""
        while (raw := self.stream.line()) is not None:
            if not raw.endswith(b"\n"):
                raise ConnectionResetError("hung up")
            lines.append(as_text(raw))
            if len(lines) > MOST_LINES:
                raise ValueError("endless reply")
            if lines[-1][:1] != lines[0][:1]:
                raise ValueError("two answers in one")
            if lines[-1][3:4] != "-":
                return True
        return False

    def _lost(self, reason: Reason, detail: str) -> Lost:
        self.is_open = False
        return Lost(reason, detail)


async def connect(address: str, port: int, *, patience: Patience, proxy: Proxy | None = None) -> Connection:
    """A connection to a *judged* address, given as a number; through a SOCKS proxy if there is one."""
    try:
        async with asyncio.timeout(patience.connect):
            stream = await (proxy.open(address, port) if proxy else open_stream(address, port))
    except ConnectionRefusedError as error:
        raise Lost(Reason.CONNECT_REFUSED, f"{address}:{port}") from error
    except (OSError, TimeoutError) as error:
        raise Lost(Reason.CONNECT_TIMEOUT, f"{address}:{port} {error}".strip()) from error
    return Connection(stream, patience)


def _in(seconds: float) -> float:
    """The loop's time then."""
    return asyncio.get_running_loop().time() + seconds


def _is_host_name(host: str) -> bool:
    """Whether a name can be told to the server under TLS; DNS may hold stranger ones."""
    return bool(_HOST_NAME.fullmatch(host))


def _tls_context() -> ssl.SSLContext:
    context: Any = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
