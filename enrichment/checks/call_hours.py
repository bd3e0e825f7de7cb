"""Whether it is a decent hour to call somebody, in the time zones that a number or a place may lie in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OPENS, CLOSES = time(9), time(17)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CallHours:
    """`is_open` None: it is in one of the possible zones and not in another, or no zone is known.

    `local_times` are the clocks there now, `opens_at` when it is next office hours in all of them (None: not within a week).
    """

    is_open: bool | None
    local_times: tuple[datetime, ...] = ()
    opens_at: datetime | None = None


def call_hours(zones: Iterable[str], now: datetime) -> CallHours:
    """Monday to Friday, 9 to 17 local time: 10:00 UTC on a Tuesday in "Europe/Berlin" -> open, there it is 11:00.

    Summer time is the zone's own. `now` carries a time zone; which one does not matter.
    """
    places = [place for name in dict.fromkeys(zones) if (place := _zone(name))]
    if not places:
        return CallHours(None)
    clocks = tuple(now.astimezone(place) for place in places)
    opened = [_is_office_hour(clock) for clock in clocks]
    is_open = True if all(opened) else None if any(opened) else False
    return CallHours(is_open, clocks, now if is_open else _next(places, now))


def _next(places: list[ZoneInfo], now: datetime) -> datetime | None:
    """The next quarter of an hour at which all are at work."""
    quarter = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    later = (quarter + timedelta(minutes=15 * step) for step in range(1, 7 * 24 * 4 + 1))
    return next((at for at in later if all(_is_office_hour(at.astimezone(place)) for place in places)), None)


def _is_office_hour(clock: datetime) -> bool:
    return clock.weekday() < _SATURDAY and OPENS <= clock.time() < CLOSES


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
