"""A connection whose lines are taken as they come: nobody waits for what is here already, and what is unread is known."""

from __future__ import annotations

import asyncio
import ssl
from typing import cast

LONGEST_LINE = 8192
MOST_UNREAD = 2 * LONGEST_LINE  # beyond that the other side is not listened to


class Stream(asyncio.Protocol):
    """`line` is the next one that has come, `more` waits for what comes after it."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._heard = bytearray()
        self._waiting: asyncio.Future[None] | None = None
        self._until: float | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._is_over, self._is_paused = False, False
        self._error: Exception | None = None

    @property
    def unread(self) -> int:
        """Bytes that have come and were not read yet."""
        return len(self._heard)

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    def close(self) -> None:
        self._stop_alarm()
        self._transport.close()

    def line(self) -> bytes | None:
        """None: there is none yet. After the end what is left, and then b"". ValueError for one without an end."""
        end = self._heard.find(b"\n") + 1
        if end > LONGEST_LINE or (not end and len(self._heard) > LONGEST_LINE):
            raise ValueError("a line without an end")
        if end:
            return self._taken(end)
        if self._error is not None:
            raise self._error
        return self._taken(len(self._heard)) if self._is_over else None

    async def more(self, until: float | None = None) -> None:
        """Returns when more has come, or the end; TimeoutError if neither has until that time of the loop, or it is past."""
        if not self._is_over:
            loop = asyncio.get_running_loop()
            if until is not None and loop.time() >= until:
                raise TimeoutError("past")
            self._waiting = loop.create_future()
            self._set_alarm(until)
            await self._waiting

    async def exactly(self, size: int) -> bytes:
        """So many bytes, neither more nor fewer; IncompleteReadError if they do not come."""
        while len(self._heard) < size:
            if self._is_over:
                raise self._error or asyncio.IncompleteReadError(bytes(self._heard), size)
            await self.more()
        return self._taken(size)

    async def start_tls(self, context: ssl.SSLContext, server_hostname: str | None) -> None:
        loop, plain = asyncio.get_running_loop(), self._transport
        secured = await loop.start_tls(plain, self, context, server_hostname=server_hostname)
        if secured is None:
            raise ConnectionResetError("hung up")
        self._transport = secured

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # which uvloop's is not by name

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if len(self._heard) > MOST_UNREAD and not self._is_paused:
            self._transport.pause_reading()
            self._is_paused = True
        self._wake()

    def eof_received(self) -> bool:
        """True: what is still to be said may be, which TLS does not know."""
        self._end(None)
        return self._transport.get_extra_info("sslcontext") is None

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc)

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._heard[:size])
        del self._heard[:size]
        if self._is_paused and len(self._heard) <= LONGEST_LINE and not self._is_over:
            self._transport.resume_reading()
            self._is_paused = False
        return taken

    def _set_alarm(self, until: float | None) -> None:
        """One alarm for all that is waited for in turn: set too early it is put off when it rings, which is seldom."""
        self._until = until
        if until is not None and (self._alarm is None or self._alarm.when() > until):
            self._stop_alarm()
            self._alarm = asyncio.get_running_loop().call_at(until, self._ring)

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        self._alarm = None
        if self._until is None or self._waiting is None or self._waiting.done():
            return
        if asyncio.get_running_loop().time() < self._until:
            self._set_alarm(self._until)
        else:
            self._waiting.set_exception(TimeoutError())

    def _end(self, error: Exception | None) -> None:
        self._is_over, self._error = True, self._error or error
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


async def open_stream(host: str, port: int) -> Stream:
    """Connected; OSError if that fails."""
    _, stream = await asyncio.get_running_loop().create_connection(Stream, host, port)
    return stream
