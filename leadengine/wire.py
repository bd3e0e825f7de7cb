"""One exchange over HTTP with a judged address: a deadline for all of it, a cap on the answer, no redirects, no proxies."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from leadengine.guard import WEB_PORTS, Networks, Target, UnsafeAddress, target_of
from leadengine.waiting import in_time

CHUNK = 65_536
MOST_BYTES = 2_000_000
CONNECT, WHOLE = 5.0, 10.0  # seconds: for one address, and for the exchange


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoAnswer(Exception):
    """There is no whole answer; the message is a part of a sentence: "did not answer within 10 seconds".

    `was_sent`: the question may have reached the other side, and been carried out there.
    """

    def __init__(self, message: str, *, was_sent: bool = True) -> None:
        super().__init__(message)
        self.was_sent = was_sent


@dataclass(frozen=True, slots=True)
class Wire:
    """How an exchange is bounded. `allowed`: networks inside ours that may be connected to, for sandbox and tests."""

    seconds: float = WHOLE
    most_bytes: int = MOST_BYTES
    allowed: Networks = field(default=())

    def exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Raw:
        """Raises NoAnswer; UnsafeAddress for an address that must not be connected to."""
        ends_at = time.monotonic() + self.seconds
        connection = _connection(self._target(url), ends_at)
        with _deadline(connection, ends_at) as expired:
            try:
                found = self._exchange(connection, method, url, headers, body)
                if expired.is_set():
                    raise NoAnswer(self._why(TimeoutError(), expired))
                return found
            except (OSError, HTTPError, HTTPException, ValueError) as error:
                raise NoAnswer(self._why(error, expired), was_sent=connection.was_sent) from error
            finally:
                connection.close()
                for line in _lines(connection):
                    line.close()

    def _target(self, url: str) -> Target:
        """Where the URL leads; names are looked up within the deadline, too."""
        try:
            return in_time(lambda: target_of(url, ports=self._ports(url), allowed=self.allowed), self.seconds)
        except UnsafeAddress:
            raise
        except OSError as error:
            raise NoAnswer("has no address just now", was_sent=False) from error

    def _exchange(self, connection: Any, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Raw:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        connection.connect()
        _lines(connection).append(connection.sock)
        _left(connection.ends_at)
        connection.was_sent = True
        connection.request(method, path, body=body, headers=dict(headers), preload_content=False)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.headers.items()}
        return Raw(response.status, found, b"".join(self._parts(response)))

    def _parts(self, response: HTTPResponse) -> Iterator[bytes]:
        size = 0
        for part in response.stream(CHUNK, decode_content=True):
            size += len(part)
            if size > self.most_bytes:
                raise NoAnswer(f"answered with more than {self.most_bytes / 1_000_000:.0f} MB")
            yield part

    def _ports(self, url: str) -> Iterable[int]:
        """Those of the web; where inner networks are allowed, the one that is named, too."""
        with contextlib.suppress(ValueError):
            named = urlsplit(url).port
            if self.allowed and named:
                return (*WEB_PORTS.values(), named)
        return WEB_PORTS.values()

    def _why(self, error: Exception, expired: threading.Event) -> str:
        if expired.is_set() or isinstance(error, TimeoutError):
            return f"did not answer within {self.seconds:g} seconds"
        if isinstance(error, ssl.SSLError):
            return "has no valid certificate"
        return "could not be connected to" if isinstance(error, ConnectionRefusedError) else "broke off its answer"


def _connection(target: Target, ends_at: float) -> Any:
    """A connection by name, for TLS and the Host header, that leads to a judged address whatever the name says next."""
    seconds = max(0.0, ends_at - time.monotonic())
    kind: Any = _Https if target.scheme == "https" else _Http
    more = {"ssl_context": ssl.create_default_context(cafile=certifi.where())} if target.scheme == "https" else {}
    made: Any = kind(target.host, target.port, timeout=seconds, **more)
    made.addresses, made.lines, made.was_sent, made.ends_at = target.addresses, [], False, ends_at
    return made


def _lines(connection: Any) -> list[Any]:
    """Every socket of the exchange: plain, and with TLS around it; the connection itself forgets them early."""
    found: list[Any] = connection.lines
    return found


class _Judged:
    """Connects to the first of `addresses` that answers before the time is over."""

    addresses: tuple[str, ...]
    lines: list[Any]
    port: int
    ends_at: float

    def _new_conn(self) -> socket.socket:
        last: OSError | None = None
        for address in self.addresses:
            seconds = _left(self.ends_at)
            try:
                line = socket.create_connection((address, self.port), min(CONNECT, seconds))
            except OSError as error:
                last = error
            else:
                self.lines.append(line)
                line.settimeout(_left(self.ends_at))
                return line
        raise last or OSError("no address")


class _Http(_Judged, HTTPConnection):
    pass


class _Https(_Judged, HTTPSConnection):
    pass


def _left(ends_at: float) -> float:
    """The seconds until then. Raises TimeoutError when there are none: whoever connects too late asks nothing."""
    seconds = ends_at - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


@contextlib.contextmanager
def _deadline(connection: HTTPConnection, ends_at: float) -> Iterator[threading.Event]:
    """Cuts the line when the time is over, however slowly something still drips; the event says that it was so."""
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        for line in _lines(connection):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, ends_at - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield expired
    finally:
        timer.cancel()
