"""Connections through a SOCKS5 proxy (RFC 1928, 1929), for a machine whose own port 25 is closed."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from enrichment.verifying.streams import Hearing, open_streams

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

    async def open(self, address: str, port: int) -> tuple[Hearing, asyncio.StreamWriter]:
        """A connection to `address`; ConnectionRefusedError if nothing listens there, OSError for other failures."""
        reader, writer = await open_streams(self.host, self.port)
        try:
            await self._introduce(reader, writer)
            await self._ask(reader, writer, address, port)
        except (OSError, asyncio.IncompleteReadError) as error:
            writer.close()
            raise error if isinstance(error, OSError) else ConnectionError("The proxy hung up.") from error
        return reader, writer

    async def _introduce(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method = _PASSWORD if self.user else _NO_PASSWORD
        writer.write(bytes([5, 1, method]))
        if await reader.readexactly(2) != bytes([5, method]):
            raise ConnectionError("The proxy wants another way to sign in.")
        if method == _PASSWORD:
            user, password = self.user.encode(), self.password.encode()
            writer.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
            if (await reader.readexactly(2))[1]:
                raise ConnectionError("The proxy refuses the password.")

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, port: int) -> None:
        parsed = ip_address(address)
        writer.write(bytes([5, 1, 0, 1 if parsed.version == 4 else 4]) + parsed.packed + struct.pack("!H", port))
        _, status, _, kind = await reader.readexactly(4)
        length = _ADDRESS_LENGTH.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)
        if status == _REFUSED:
            raise ConnectionRefusedError("The proxy found nobody listening.")
        if status:
            raise ConnectionError(f"The proxy could not connect ({status}).")
