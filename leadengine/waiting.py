"""Waits for work that nobody can cut short, such as looking a name up, no longer than one has time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Found = TypeVar("Found")


def in_time(work: Callable[[], Found], seconds: float) -> Found:
    """What the work comes to, or raises. Raises TimeoutError when it takes longer; then it is left to end by itself.

    >>> in_time(lambda: 6 * 7, 1.0)
    42
    """
    found: Future[Found] = Future()
    threading.Thread(target=_do, args=(work, found), daemon=True).start()
    return found.result(seconds)


def _do(work: Callable[[], Found], found: Future[Found]) -> None:
    try:
        found.set_result(work())
    except Exception as error:
        found.set_exception(error)
