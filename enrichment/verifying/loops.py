"""The event loop for many connections at once: uvloop where there is one, with the collector out of the way."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

try:
    from uvloop import new_event_loop
except ImportError:  # there is none for Windows
    from asyncio import new_event_loop  # type: ignore[assignment]

# New objects between two collections. Nearly all of them go without one, when nobody needs them any more; what the program
# consists of is never looked through.
EXTRA_ROOM = 200_000


@contextmanager
def quick_runner() -> Iterator[asyncio.Runner]:
    """A runner for a command that does nothing else: the collector of the whole process is changed until it ends."""
    before, was_frozen = gc.get_threshold(), bool(gc.get_freeze_count())
    if not was_frozen:
        gc.freeze()
    gc.set_threshold(EXTRA_ROOM, 20, 20)
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            yield runner
    finally:
        gc.set_threshold(*before)
        if not was_frozen:
            gc.unfreeze()
