"""When somebody last looked at the list of leads, kept in a cookie: reading the list writes no record; pure.

The stamp says two times: when the visit before this one ended, and when the list was last seen. A look more than an hour
after the last one begins a new visit. It knows only this browser, and the list says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PAUSE = timedelta(hours=1)
KEPT = timedelta(days=365)
_STAMP = re.compile(r"(\d{1,11})-(\d{1,11})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """`before` is None on the first visit."""

    before: datetime | None
    seen: datetime

    @property
    def text(self) -> str:
        return f"{int(self.before.timestamp()) if self.before else 0}-{int(self.seen.timestamp())}"


def cookie_name(workspace_id: int, user_id: int) -> str:
    return f"leads-seen-{workspace_id}-{user_id}"


def stamped(text: str, now: datetime) -> Stamp:
    """The stamp for a look at `now`, after the one that the cookie tells; a text that is no stamp begins the first visit."""
    found = _STAMP.fullmatch(text)
    before, seen = (_time(found[1]), _time(found[2])) if found else (None, None)
    if seen is None or seen > now:
        return Stamp(None, now)
    return Stamp(before if now - seen <= PAUSE else seen, now)


def _time(seconds: str) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if int(seconds) else None
