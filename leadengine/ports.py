"""Finds the port on which the web server listens."""

import socket

ADDRESS = "127.0.0.1"
FIRST = 8000
TRIES = 100


class PortTaken(Exception):
    """No port to listen on; the text is a sentence for the person at the keyboard."""


def open_socket(pinned: int | None) -> socket.socket:
    """A bound socket on the pinned port, or on the first free one from 8000.

    It is handed to the web server, so no other program can take the port in between.
    """
    for port in [pinned] if pinned else range(FIRST, FIRST + TRIES):
        bound = _bind(port)
        if bound:
            return bound
    if pinned:
        raise PortTaken(
            f"Port {pinned} is taken or not allowed: choose another (PORT=8010 make run), or leave PORT out."
        )
    raise PortTaken(f"All ports from {FIRST} to {FIRST + TRIES - 1} are taken: choose one with PORT=.")


def _bind(port: int) -> socket.socket | None:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((ADDRESS, port))
        bound.listen(128)
    except OSError:
        bound.close()
        return None
    return bound
