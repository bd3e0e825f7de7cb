"""A file of given facts: one object, a list of them, or JSON lines of which only one is held at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, NoReturn

from scoring.given.mistakes import Mistake


@dataclass(frozen=True, slots=True)
class Entries:
    """`told` are the entries with the words that name them: "entry 3", "line 3"; `are_lines` if each is a line."""

    told: Iterator[tuple[str, Any]]
    are_lines: bool


def read_entries(lines: Iterable[str]) -> Entries:
    """Raises Mistake for what is not JSON; of JSON lines only when the line's turn comes.

    >>> [name for name, _ in read_entries(['{"id": 1}\\n', '{"id": 2}\\n']).told]
    ['line 1', 'line 2']
    """
    source = iter(lines)
    first = next((line for line in source if line.strip()), "").lstrip("\ufeff")
    if not first:
        raise Mistake("there is nothing in it")
    if first.lstrip().startswith("{") and _is_whole(first):
        return Entries(_by_line(chain([first], source)), True)
    whole = _parsed(chain([first], source))
    items = whole if isinstance(whole, list) else [whole]
    return Entries(((f"entry {place}", item) for place, item in enumerate(items, start=1)), False)


def parse(text: str) -> Any:
    """Strict JSON: no NaN, and no name twice in one object. Raises Mistake."""
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except Mistake:
        raise
    except RecursionError:
        raise Mistake("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if "\n" in text.strip() else f"column {error.colno}"
        raise Mistake(f"it is not JSON ({where}: {error.msg.lower()})") from None
    except ValueError:
        raise Mistake("it has a number that is too long") from None


def _by_line(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = parse(line)
        except Mistake as mistake:
            raise mistake.within(f"line {number}") from None
        yield f"line {number}", item


def _parsed(lines: Iterable[str]) -> Any:
    return parse("".join(lines))


def _is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise Mistake(f"{name} is no number in JSON; leave out what is not known")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Mistake("it is named twice", (twice,))
    return found
