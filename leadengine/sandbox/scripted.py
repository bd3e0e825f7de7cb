"""A provider's server on a loopback port: routes that answer by its contract, and faults that a script puts before them."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from django.conf import settings

from leadengine.sandbox.provider import SandboxForbidden


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as the server saw it; names of headers are in small letters, `found` are the parts of the path."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any = None
    found: tuple[str, ...] = ()

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[-1]

    def many(self, name: str) -> list[str]:
        """A list, written as several parameters or with commas."""
        return [part for value in self.query.get(name, []) for part in value.split(",") if part]

    def number(self, name: str, default: int) -> int:
        return int(self.one(name) or default)


@dataclass(frozen=True, slots=True)
class Reply:
    """`data` is sent as JSON, `raw` as it is."""

    data: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    @property
    def body(self) -> bytes:
        return json.dumps(self.data).encode() if self.raw is None else self.raw


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens instead of an answer: a `reply`, a wait first, a line cut half way, or one byte each `drip` seconds."""

    reply: Reply | None = None
    wait: float = 0.0
    is_cut: bool = False
    drip: float = 0.0


Route = tuple[str, str, Callable[[Ask], Reply]]


@dataclass
class Script:
    """One provider's routes (method, pattern of the path, answer), the `troubles` to commit first, `asked` so far.

    `refusal` is asked before any route: a reply where the key, a limit or a quota is at its end. `always`: a trouble
    that is committed at every question.
    """

    routes: tuple[Route, ...]
    refusal: Callable[[Ask], Reply | None] = lambda _ask: None
    troubles: list[Trouble] = field(default_factory=list)
    always: Trouble | None = None
    asked: list[Ask] = field(default_factory=list)
    base_url: str = ""

    def answer(self, ask: Ask) -> Reply:
        for method, pattern, answer in self.routes:
            found = re.fullmatch(pattern, ask.path) if method == ask.method else None
            if found:
                named = Ask(ask.method, ask.path, ask.query, ask.headers, ask.body, found.groups())
                return self.refusal(named) or answer(named)
        return Reply({"message": "Not Found"}, status=404)


@contextmanager
def serve(script: Script) -> Iterator[Script]:
    """Runs the script's server for as long as the block lasts."""
    server = start(script)
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()


def start(script: Script) -> ThreadingHTTPServer:
    """Starts the script's server on a free loopback port, in a thread that ends with the process."""
    if not settings.SANDBOX:
        raise SandboxForbidden("Set SANDBOX=1 to serve invented data.")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ScriptHandler", (Handler,), {"script": script}))
    server.daemon_threads = True
    script.base_url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


def serve_instead(server: ThreadingHTTPServer, script: Script) -> None:
    """From now on a server that was started answers by another script."""
    server.RequestHandlerClass.script = script  # type: ignore[attr-defined]
    script.base_url = f"http://127.0.0.1:{server.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers from `script`, which the server's own subclass sets."""

    script: Script

    def do_GET(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(size)
        is_form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        self._serve(dict(parse_qsl(sent.decode())) if is_form else json.loads(sent or b"null"))

    def do_DELETE(self) -> None:
        self._serve(None)

    def _serve(self, body: Any) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        ask = Ask(self.command, parts.path, parse_qs(parts.query), headers, body)
        self.script.asked.append(ask)
        trouble = self.script.troubles.pop(0) if self.script.troubles else self.script.always
        if trouble is None:
            self._send(self.script.answer(ask))
            return
        time.sleep(trouble.wait)
        self._send(trouble.reply or self.script.answer(ask), trouble)

    def _send(self, reply: Reply, trouble: Trouble | None = None) -> None:
        body = reply.body
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self._write(body, trouble or Trouble())
        except OSError:
            self.close_connection = True

    def _write(self, body: bytes, trouble: Trouble) -> None:
        if trouble.is_cut:
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif trouble.drip:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(trouble.drip)
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The script records what was asked; nothing is written to the terminal."""
