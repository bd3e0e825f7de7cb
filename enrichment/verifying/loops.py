"""The event loop for many connections at once: uvloop where there is one, with the collector out of the way."""

from __future__ import annotations

import asyncio
import gc

try:
    from uvloop import new_event_loop
except ImportError:  # there is none for Windows
    from asyncio import new_event_loop  # type: ignore[assignment]

# New objects between two collections. Nearly all of them go without one, when nobody needs them any more; what the program
# consists of is never looked through.
EXTRA_ROOM = 200_000


def quick_runner() -> asyncio.Runner:
    """A runner for a command that does nothing else; it changes the collector for the whole process."""
    gc.freeze()
    gc.set_threshold(EXTRA_ROOM, 20, 20)
    return asyncio.Runner(loop_factory=new_event_loop)
