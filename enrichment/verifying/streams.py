"""Streams to a server of which one can tell whether it has said something that nobody has read yet."""

from __future__ import annotations

import asyncio
from typing import Any

LONGEST_LINE = 8192


class Hearing(asyncio.StreamReader):
    """A reader of lines that counts what has come and what was read."""

    unread = 0

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)

    async def readline(self) -> bytes:
        line = await super().readline()
        self.unread -= len(line)
        return line

    async def readexactly(self, n: int) -> bytes:
        data = await super().readexactly(n)
        self.unread -= n
        return data


async def open_streams(host: str, port: int) -> tuple[Hearing, asyncio.StreamWriter]:
    """As `asyncio.open_connection` does."""
    loop = asyncio.get_running_loop()
    reader = Hearing(limit=LONGEST_LINE, loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    transport, _ = await loop.create_connection(lambda: protocol, host, port)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)
