"""Connections through a SOCKS5 proxy (RFC 1928, 1929), for a machine whose own port 25 is closed."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from enrichment.verifying.streams import Stream, open_stream

_NO_PASSWORD, _PASSWORD = 0, 2
_REFUSED = 5
LONGEST = 255  # RFC 1929, 2: each length is one byte
_ADDRESS_LENGTH = {1: 4, 4: 16}


@dataclass(frozen=True, slots=True)
class Proxy:
    """`socks5://user:password@host:port`; it is asked for addresses only, so that what was judged is what is reached."""

    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> Proxy:
        """ValueError unless it is a socks5 URL with a host, and with a user and password that can be sent."""
        parts = urlsplit(url)
        if parts.scheme != "socks5" or not parts.hostname:
            raise ValueError(f"“{parts.scheme}” is no SOCKS proxy: write socks5://host:port.")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if max(len(user.encode()), len(password.encode())) > LONGEST:
            raise ValueError(f"User and password of a SOCKS proxy have at most {LONGEST} bytes each.")
        return cls(parts.hostname, parts.port or 1080, user, password)

    async def open(self, address: str, port: int) -> Stream:
        """A connection to `address`; ConnectionRefusedError if nothing listens there, OSError for other failures."""
        stream = await open_stream(self.host, self.port)
        try:
            await self._introduce(stream)
            await self._ask(stream, address, port)
        except BaseException as error:  # also that nobody waits any longer
            stream.close()
            if isinstance(error, asyncio.IncompleteReadError):
                raise ConnectionError("The proxy hung up.") from error
            raise
        return stream

    async def _introduce(self, stream: Stream) -> None:
        method = _PASSWORD if self.user else _NO_PASSWORD
        stream.write(bytes([5, 1, method]))
        if await stream.exactly(2) != bytes([5, method]):
            raise ConnectionError("The proxy wants another way to sign in.")
        if method == _PASSWORD:
            user, password = self.user.encode(), self.password.encode()
            stream.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
            if (await stream.exactly(2))[1]:
                raise ConnectionError("The proxy refuses the password.")

    async def _ask(self, stream: Stream, address: str, port: int) -> None:
        parsed = ip_address(address)
        stream.write(bytes([5, 1, 0, 1 if parsed.version == 4 else 4]) + parsed.packed + struct.pack("!H", port))
        _, status, _, kind = await stream.exactly(4)
        length = _ADDRESS_LENGTH.get(kind) or (await stream.exactly(1))[0]
        await stream.exactly(length + 2)
        if status == _REFUSED:
            raise ConnectionRefusedError("The proxy found nobody listening.")
        if status:
            raise ConnectionError(f"The proxy could not connect ({status}).")
