"""Input and output of the commands that check many things: a line in, one JSON object or one readable line out."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import orjson

from enrichment.checks.legibility import is_text
from leadengine.management.blaming import blamed

LONGEST_LINE = 10_000  # of what is only read for names and addresses
_NO_TEXT = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def opened(name: str) -> AbstractContextManager[TextIO]:
    """A file, or standard input for "-", as UTF-8 with or without its mark; a byte that is none becomes a lone surrogate."""
    if name != "-":
        return Path(name).open(encoding="utf-8-sig", errors="surrogateescape")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape", newline=None)
    return nullcontext(sys.stdin)


def is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long for a file's name, or with characters that none has
        return False


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file (or of standard input for "-") that are not empty; CommandError says why it cannot be read."""
    with blamed(name), opened(name) as source:
        yield from (line.strip() for line in source if line.strip())


def legible(lines: Iterable[str]) -> Iterator[str]:
    """Those that can be read for names and addresses."""
    return (line for line in lines if len(line) <= LONGEST_LINE and is_text(line) and "\0" not in line)


def as_json(record: Any) -> str:
    """One line of JSON; sets and dates become what JSON has, bytes that were no text the sign for that."""
    try:
        return orjson.dumps(record, default=_as_plain).decode()
    except TypeError:  # also for a lone surrogate, which is no text
        return _NO_TEXT.sub("\ufffd", json.dumps(record, ensure_ascii=False, default=_as_plain))


def _as_plain(value: Any) -> list[Any] | str:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def in_words(text: str) -> str:
    """One line for a reader: nothing in it moves a terminal's cursor, or is no text."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)
