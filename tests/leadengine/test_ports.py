"""The web server gets a port that nobody else has."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from leadengine import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server((ports.ADDRESS, 0))) as other:
        yield other.getsockname()[1]


def test_pinned_port_is_used() -> None:
    with closing(ports.open_socket(None)) as first:
        free = first.getsockname()[1]

    with closing(ports.open_socket(free)) as bound:
        assert bound.getsockname() == (ports.ADDRESS, free)


def test_pinned_port_that_is_taken_is_refused_with_the_remedy(taken: int) -> None:
    with pytest.raises(ports.PortTaken, match=rf"Port {taken} is taken.*PORT="):
        ports.open_socket(taken)


def test_next_free_port_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST", taken)

    with closing(ports.open_socket(None)) as bound:
        assert taken < bound.getsockname()[1] < taken + ports.TRIES


def test_no_free_port_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST", taken)
    monkeypatch.setattr(ports, "TRIES", 1)

    with pytest.raises(ports.PortTaken, match="are taken"):
        ports.open_socket(None)
