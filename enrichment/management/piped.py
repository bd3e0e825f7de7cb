"""Lines of a pipe as they come, for as long as somebody reads what is made of them."""

from __future__ import annotations

import asyncio
import codecs
import errno
import os
import select
from collections.abc import AsyncIterator
from io import IncrementalNewlineDecoder

AT_ONCE = 65_536
MILLISECONDS = 500  # no thread waits longer, so that the program can end at any time


async def piped_lines(source: int, reader: int) -> AsyncIterator[str]:
    """Lines, without their ends, of the file descriptor `source`; BrokenPipeError when at the other end of `reader`,
    where the program writes to, nobody listens any more.
    """
    decoder = IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")("surrogateescape"), translate=True)
    begun: list[str] = []  # of a line, however long it is
    while data := await _next(source, reader):
        *lines, rest = decoder.decode(data).split("\n")
        for line in lines:
            yield "".join((*begun, line))
            begun.clear()
        begun.append(rest)
    if rest := "".join((*begun, decoder.decode(b"", final=True))):
        yield rest


async def _next(source: int, reader: int) -> bytes:
    poll = select.poll()
    poll.register(source, select.POLLIN)
    poll.register(reader, 0)  # whose end is told unasked
    while not (ready := dict(await asyncio.to_thread(poll.poll, MILLISECONDS))):
        pass
    if reader in ready:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
    return os.read(source, AT_ONCE)
