"""Numbers and ages in a query: "50-200", ">=70", "<30d", "2026-05-01..2026-05-31"; pure.

numbers("50+") -> (50, None)    write_numbers(50, None) -> ">=50"
age("<30d", now) -> (now - 30 days, None)
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Bounds = tuple[int | None, int | None]
Times = tuple[datetime | None, datetime | None]
MOST = 2_000_000_000
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_BETWEEN = re.compile(r"(\d{1,10})(?:-|–|\.\.)(\d{1,10})")
_COMPARED = re.compile(r"(>=|<=|>|<)?(\d{1,10})(\+)?")
_AGE = re.compile(r"(<=|>=|<|>)?(\d{1,5})([hdw])", re.IGNORECASE)
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)|(>=|<=)?(\d{4}-\d\d-\d\d)")


def numbers(text: str) -> Bounds | None:
    """(least, most), None for an open end; None for text that is no range."""
    spelled = text.replace(" ", "")
    if found := _BETWEEN.fullmatch(spelled):
        low, high = sorted((int(found[1]), int(found[2])))
        return (low, high) if high <= MOST else None
    found = _COMPARED.fullmatch(spelled)
    if not found or int(found[2]) > MOST or (found[1] and found[3]):
        return None
    number = int(found[2])
    if found[3]:
        return number, None
    bounds = {">=": (number, None), "<=": (None, number), ">": (number + 1, None), "<": (None, max(number - 1, 0))}
    return bounds.get(found[1] or "", (number, number))


def write_numbers(low: int | None, high: int | None) -> str:
    """The canonical text of a range."""
    if high is None:
        return f">={low}"
    if low is None:
        return f"<={high}"
    return str(low) if low == high else f"{low}-{high}"


def read_age(text: str) -> str | None:
    """The canonical text of an age or a span of days; None for text that is neither. A bare age is its upper end."""
    spelled = text.replace(" ", "")
    if found := _AGE.fullmatch(spelled):
        return f"{(found[1] or '<')[0]}{int(found[2])}{found[3].lower()}"
    found = _DAYS.fullmatch(spelled)
    if not found or not all(_day(each) for each in (found[1], found[2], found[4]) if each):
        return None
    return f"{min(found[1], found[2])}..{max(found[1], found[2])}" if found[1] else spelled


def age(text: str, now: datetime) -> Times:
    """(since, before) of a text as `read_age` writes it; days are those of the time zone of `now`."""
    if found := _AGE.fullmatch(text):
        moment = now - int(found[2]) * UNITS[found[3]]
        return (moment, None) if found[1] == "<" else (None, moment)
    found = _DAYS.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no age")
    if found[1]:
        return _start(found[1], now), _start(found[2], now, days=1)
    day = found[4]
    since = None if found[3] == "<=" else _start(day, now)
    return since, None if found[3] == ">=" else _start(day, now, days=1)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2999 else None


def _start(text: str, now: datetime, *, days: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time.min, now.tzinfo)
