"""A provider of leads on a loopback port: answers pages of candidates over HTTP, with whatever faults a script orders."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings


class SandboxForbidden(Exception):
    """The sandbox is off: it exists in development and tests, or with SANDBOX=1, never quietly in production."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens instead of an answer: an HTTP status, bytes that are no JSON, a cut line, or a wait in seconds first."""

    status: int = 0
    body: bytes = b""
    retry_after: float | None = None
    is_cut: bool = False
    wait: float = 0.0


@dataclass(slots=True)
class Provider:
    """The server's script and what it has seen: `records` to page through, `faults` to commit first, `asked` so far."""

    records: Sequence[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    base_url: str = ""

    def page(self, start: int, limit: int) -> dict[str, Any]:
        part = self.records[start : start + limit]
        end = start + len(part)
        return {"total": len(self.records), "records": list(part), "next": end if end < len(self.records) else None}


@contextmanager
def serve(provider: Provider) -> Iterator[Provider]:
    """Run the provider on a free loopback port for as long as the block lasts."""
    if not settings.SANDBOX:
        raise SandboxForbidden("Set SANDBOX=1 to serve invented data.")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ProviderHandler", (Handler,), {"provider": provider}))
    provider.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers from `provider`, which the server's own subclass sets."""

    provider: Provider

    def do_GET(self) -> None:
        query = {key: values[-1] for key, values in parse_qs(urlsplit(self.path).query).items()}
        self.provider.asked.append(query)
        if self.provider.faults:
            self.fail(self.provider.faults.pop(0), query)
        else:
            self.answer(200, self.page(query))

    def page(self, query: dict[str, str]) -> bytes:
        return json.dumps(self.provider.page(int(query.get("start", 0)), int(query.get("limit", 10)))).encode()

    def fail(self, fault: Fault, query: dict[str, str]) -> None:
        time.sleep(fault.wait)
        if fault.is_cut:
            self.connection.close()
            return
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        self.answer(fault.status or 200, fault.body or self.page(query), headers)

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The script records what was asked; nothing is written to the terminal."""
