"""Primary keys of leads, companies and runs: UUIDs that sort by the time they were made."""

from __future__ import annotations

import time
from uuid import UUID

from leadengine.ids import uuid7


def new_id() -> UUID:
    """A fresh key for a row that is being made now."""
    return uuid7(time.time_ns() // 1_000_000)
