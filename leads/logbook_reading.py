"""A file of activities, CSV or JSON lines, as entries to log, line by line; a bad line is refused with its reason."""

from __future__ import annotations

import csv
import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from leads.csv_reading import BadFile
from leads.logbook import Entry, mistakes, outcome_said

COLUMNS = ("lead", "kind", "at", "outcome", "text", "external_id")
NEEDED = ("lead", "kind")
SAID, DIGEST = "said-", 16  # how a number made of what a line says begins, and of how many bytes it is


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be logged; `lead` names one by id or e-mail address."""

    number: int
    lead: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot, and why."""

    number: int
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"line": self.number, "reason": self.reason}


def read(lines: Iterable[str], *, now: datetime) -> Iterator[Line | Refused]:
    """Each line as it comes, none kept. Raises BadFile for a CSV whose head names a column that we do not know.

    A line that says when it happened and has no number of its own is numbered by what it says, so that a file which broke
    off, or was mended, may be sent again: what is logged of it is known. Said twice in one file, it happened twice.

    >>> [one] = read(['{"lead": "mira@a.example", "kind": "call", "outcome": "reached"}'], now=now)
    >>> one.lead, one.entry.outcome
    ('mira@a.example', 'reached')
    """
    source = iter(lines)
    first = next(source, "").lstrip("\ufeff")
    told = chain([first], source)
    rows = _json_rows(told) if first.lstrip().startswith("{") else _csv_rows(told)
    said: Counter[bytes] = Counter()
    for number, row in rows:
        yield Refused(number, row) if isinstance(row, str) else _line(number, row, now, said)


def moment(text: str) -> datetime:
    """A day or a time by ISO 8601, in UTC where it names no zone. Raises ValueError."""
    at = datetime.fromisoformat(text.strip())
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _line(number: int, row: Mapping[str, Any], now: datetime, said: Counter[bytes]) -> Line | Refused:
    if odd := [name for name, value in row.items() if not _is_storable(f"{name}{value}")]:
        where = f"{odd[0]}: it" if odd[0] in COLUMNS else "It"
        return Refused(number, f"{where} has bytes that are not UTF-8, or characters that no text has.")
    if unknown := [name for name in row if name not in COLUMNS]:
        return Refused(number, f"There is no field “{unknown[0]}”. Known: {', '.join(COLUMNS)}.")
    if odd := [name for name, value in row.items() if isinstance(value, bool | float | list | dict)]:
        return Refused(number, f"{odd[0]}: it is no text.")
    told = {name: str(value).strip() for name, value in row.items() if value is not None}
    if missing := [name for name in NEEDED if not told.get(name)]:
        return Refused(number, f"{missing[0]}: it is missing.")
    try:
        at = moment(told["at"]) if told.get("at") else now
    except ValueError:
        return Refused(number, f"at: “{told['at']}” is no time such as 2026-05-03T14:30:00+02:00.")
    rest = {name: told.get(name, "") for name in ("text", "outcome", "external_id")}
    entry = Entry(told["kind"], at, **rest | {"outcome": outcome_said(rest["outcome"])})
    wrong = mistakes(entry, now=now)
    reasons = " ".join(f"{name}: {sentence}" for name, sentence in wrong.items())
    if wrong:
        return Refused(number, reasons)
    line = Line(number, told["lead"], entry)
    return _numbered(line, said) if told.get("at") and not entry.external_id else line


def _numbered(line: Line, said: Counter[bytes]) -> Line:
    entry = line.entry
    told = (line.lead.lower(), entry.kind, entry.at.astimezone(UTC).isoformat(), entry.outcome, entry.text)
    digest = sha256(json.dumps(told).encode()).digest()[:DIGEST]
    said[digest] += 1
    return replace(line, entry=replace(entry, external_id=f"{SAID}{digest.hex()}-{said[digest]}"))


def _is_storable(text: str) -> bool:
    """Neither the zero character nor half of a pair of surrogates, which no database takes."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _json_rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, _object(line)


def _object(line: str) -> dict[str, Any] | str:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return "This is not JSON."
    return found if isinstance(found, dict) else "This is no JSON object."


def _csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    records = _records(lines)
    head = next((cells for _, cells in records), [])
    if isinstance(head, str):
        raise BadFile(head)
    names = [name.strip().lower() for name in head]
    _check(names)
    for number, cells in records:
        if isinstance(cells, str):
            yield number, cells
        elif any(cell.strip() for cell in cells):
            yield number, _named(names, cells)


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str] | str]]:
    """Each with the number of the line it begins in; what is wrong with one that is none, and then its next line anew."""
    source, again, number = iter(lines), deque[str](), 1
    while True:
        taken: list[str] = []
        try:
            cells = next(csv.reader(_kept(source, again, taken), strict=True), None)
        except csv.Error as error:
            yield number, _broken(number, number + len(taken) - 1, str(error))
            again.extendleft(reversed(taken[1:]))
            number += 1
            continue
        if cells is None:
            return
        yield number, cells
        number += len(taken)


def _kept(source: Iterator[str], again: deque[str], taken: list[str]) -> Iterator[str]:
    """The lines to read `again`, then those of the source; each is noted as it is taken."""
    while (line := again.popleft() if again else next(source, None)) is not None:
        taken.append(line)
        yield line


def _broken(start: int, end: int, error: str) -> str:
    if end > start or "unexpected end" in error:
        return f"A quotation mark that opens in line {start} is never closed: close or remove it."
    return f"Line {start} cannot be read as CSV: {error}."


def _check(head: list[str]) -> None:
    if unknown := [name for name in head if name not in COLUMNS]:
        raise BadFile(f"There is no column “{unknown[0]}”. Known: {', '.join(COLUMNS)}.")
    if twice := [name for name in head if head.count(name) > 1]:
        raise BadFile(f"There are two columns “{twice[0]}”.")
    if missing := [name for name in NEEDED if name not in head]:
        raise BadFile(f"The first line must name the columns; {missing[0]} is missing.")


def _named(head: list[str], cells: list[str]) -> dict[str, Any] | str:
    if len(cells) > len(head):
        return f"It has {len(cells)} cells, but there are {len(head)} columns."
    return dict(zip(head, cells, strict=False))
