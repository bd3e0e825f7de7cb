"""TLS on the way out: by name though connected by number, and not with just anybody."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from leadengine import guard, wire
from leadengine.wire import NoAnswer, Wire

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
LOOPBACK = guard.networks(["127.0.0.0/8", "::1/128"])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of its own for localhost, with its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    path.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + key.private_bytes(*form)
    )
    return path


@contextmanager
def serving(certificate, *, drip: float = 0.0) -> Iterator[int]:
    """Answers one question over TLS, a byte each `drip` seconds; yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, args=(server, context, drip), daemon=True)
        thread.start()
        yield server.getsockname()[1]
    thread.join(5)


def answer(server: socket.socket, context: ssl.SSLContext, drip: float) -> None:
    try:
        with server.accept()[0] as plain, context.wrap_socket(plain, server_side=True) as line:
            line.recv(4096)
            for part in [bytes([byte]) for byte in ANSWER] if drip else [ANSWER]:
                line.sendall(part)
                time.sleep(drip)
    except OSError:
        return  # the other side left


def ask(host: str, port: int, seconds: float = 2.0) -> bytes:
    return Wire(seconds=seconds, allowed=LOOPBACK).exchange("GET", f"https://{host}:{port}/", {}).body


def test_trusted_server_answers(certificate, monkeypatch):
    monkeypatch.setattr(wire.certifi, "where", lambda: str(certificate))

    with serving(certificate) as port:
        assert ask("localhost", port) == b"{}"


def test_certificate_of_nobody_we_trust_is_refused(certificate):
    with serving(certificate) as port, pytest.raises(NoAnswer, match="has no valid certificate") as caught:
        ask("localhost", port)

    assert not caught.value.was_sent


def test_certificate_for_another_name_is_refused(certificate, monkeypatch):
    monkeypatch.setattr(wire.certifi, "where", lambda: str(certificate))

    with serving(certificate) as port, pytest.raises(NoAnswer, match="has no valid certificate"):
        ask("127.0.0.1", port)


def test_deadline_holds_for_what_drips_through_tls(certificate, monkeypatch):
    monkeypatch.setattr(wire.certifi, "where", lambda: str(certificate))
    begun = time.monotonic()

    with serving(certificate, drip=0.1) as port, pytest.raises(NoAnswer, match=r"did not answer within 0\.8 seconds"):
        ask("localhost", port, seconds=0.8)

    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "sent",
    [
        b"220 mx.example ESMTP\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500,
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
    ],
    ids=["another protocol", "nothing", "headers without end", "less than it promised"],
)
def test_what_is_no_answer_is_told(sent):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=send, args=(server, sent), daemon=True).start()

        with pytest.raises(NoAnswer, match="broke off its answer") as caught:
            Wire(seconds=2.0, allowed=LOOPBACK).exchange("GET", f"http://127.0.0.1:{server.getsockname()[1]}/", {})

    assert caught.value.was_sent


def test_question_to_nobody_was_not_sent():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(NoAnswer, match="could not be connected to") as caught:
        Wire(seconds=2.0, allowed=LOOPBACK).exchange("POST", f"http://127.0.0.1:{port}/", {}, b"{}")

    assert not caught.value.was_sent


def test_time_is_over_while_a_name_is_looked_up(monkeypatch):
    answered = threading.Event()
    monkeypatch.setattr(wire, "target_of", lambda url, **_more: answered.wait(5) and None)

    with pytest.raises(NoAnswer, match="has no address just now") as caught:
        Wire(seconds=0.05).exchange("GET", "https://slow.example/", {})

    assert not answered.is_set()
    assert not caught.value.was_sent
    answered.set()


def test_whoever_connects_too_late_asks_nothing(monkeypatch):
    clock, real = [0.0], socket.create_connection

    def late(address: tuple[str, int], timeout: float) -> socket.socket:
        clock[0] += 9.0
        return real(address, timeout)

    monkeypatch.setattr(wire, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(wire.socket, "create_connection", late)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(NoAnswer, match="did not answer within") as caught:
            Wire(seconds=8.0, allowed=LOOPBACK).exchange("POST", url, {}, b"{}")

        with server.accept()[0] as line:
            assert line.recv(4096) == b""
    assert not caught.value.was_sent


def send(server: socket.socket, sent: bytes) -> None:
    with server.accept()[0] as line:
        line.recv(4096)
        line.sendall(sent)
