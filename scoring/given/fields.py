"""Readers of JSON values: each gives a checked value, or says in a sentence what is wrong with the field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time
from math import isfinite
from typing import Any, TypeVar

from scoring.given.mistakes import Mistake

T = TypeVar("T")
Reader = Callable[[Any], T]
LONGEST = 2_000
BIGGEST = 1e15
HUGE = 10**300  # beyond it a whole number has no float


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Mistake(f"it must be a text, not {_shown(value)}")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Mistake("it has half of a pair of surrogates, which no text has")
    if len(value) > LONGEST:
        raise Mistake(f"it is longer than {LONGEST:,} characters")
    return value.strip()


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Mistake(f"it must be true or false, not {_shown(value)}")
    return value


def number(least: float, most: float = BIGGEST) -> Reader[float]:
    """A number within bounds, both included."""

    def read(value: Any) -> float:
        if not _is_number(value):
            raise Mistake(f"it must be a number, not {_shown(value)}")
        if not least <= value <= most:
            raise Mistake(f"it must lie between {_spelled(least)} and {_spelled(most)}, not {_spelled(value)}")
        return float(value)

    return read


def whole(least: int, most: int) -> Reader[int]:
    def read(value: Any) -> int:
        found = number(least, most)(value)
        if found != int(found):
            raise Mistake(f"it must be a whole number, not {_shown(value)}")
        return int(found)

    return read


def one_of(codes: Collection[str]) -> Reader[str]:
    def read(value: Any) -> str:
        if text(value) not in codes:
            raise Mistake(f"“{value}” is none of {', '.join(sorted(codes))}")
        return text(value)

    return read


def list_of(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list; a mistake names the place in it, counted from 1."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Mistake(f"it must be a list, not {_shown(value)}")
        found = []
        for place, item in enumerate(value, start=1):
            try:
                found.append(reader(item))
            except Mistake as mistake:
                raise mistake.within(str(place)) from None
        return tuple(found)

    return read


def known(normalise: Callable[[str], str], what: str, suggest: Callable[[str], list[str]] | None = None) -> Reader[str]:
    """A text that a vocabulary knows, as its standard term."""

    def read(value: Any) -> str:
        found = normalise(text(value))
        if not found:
            near = suggest(value) if suggest else []
            raise Mistake(
                f"“{value}” is no {what} that is known" + (f"; near it are {', '.join(near)}" if near else "")
            )
        return found

    return read


def moment(now: datetime) -> Reader[datetime]:
    """A day (from its midnight, UTC) or a time by ISO 8601 that is not after the day of `now`."""
    last = datetime.combine(now.astimezone(UTC).date(), time.max, UTC)

    def read(value: Any) -> datetime:
        try:
            at = datetime.fromisoformat(text(value))
        except ValueError:
            raise Mistake(f"“{value}” is no day or time such as 2026-05-03 or 2026-05-03T14:30:00+02:00") from None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if at > last:
            raise Mistake(f"{value} lies after now, {last.date()}")
        return at

    return read


def day(now: datetime) -> Reader[date]:
    return lambda value: moment(now)(value).date()


def fields_of(value: Any, readers: Mapping[str, Reader[Any]], *, needed: Collection[str] = ()) -> dict[str, Any]:
    """An object's fields that are not null, each by its reader; a name without one is refused."""
    if not isinstance(value, dict):
        raise Mistake(f"it must be an object, not {_shown(value)}")
    if unknown := [name for name in value if name not in readers]:
        raise Mistake(f"there is no such field; known are {', '.join(readers)}", (unknown[0],))
    if missing := [name for name in needed if value.get(name) is None]:
        raise Mistake("it is missing", (missing[0],))
    found: dict[str, Any] = {}
    for name, item in value.items():
        try:
            found |= {} if item is None else {name: readers[name](item)}
        except Mistake as mistake:
            raise mistake.within(name) from None
    return found


def _is_number(value: Any) -> bool:
    """A finite number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) if isinstance(value, float) else abs(value) < HUGE


def _spelled(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _shown(value: Any) -> str:
    return {dict: "an object", list: "a list", type(None): "null", bool: str(value).lower()}.get(
        type(value), f"“{str(value)[:40]}”"
    )
