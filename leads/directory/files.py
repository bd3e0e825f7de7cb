"""Streams a data set's CSV file, plain or gzip, row by row with line numbers; a row that cannot be read is told apart."""

import csv
import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO
from zlib import error as ZlibError

from leads.csv_reading import BadFile, sniff

SNIFFED_LINES = 50
# A byte that is no UTF-8 becomes one of these, so that its row alone is refused.
SURROGATES = range(0xDC80, 0xDD00)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: the line in which it begins, and why, in words that follow "line 12"."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line} {self.reason}."


@contextmanager
def opened(path: Path) -> Iterator[tuple[frozenset[str], Iterator[tuple[int, Row] | BadRow]]]:
    """The file's columns, and its rows one by one; raises BadFile if it is missing, damaged or empty."""
    try:
        with _text(path) as text:
            head = list(islice(text, SNIFFED_LINES))
            reader = csv.reader(chain(head, text), delimiter=sniff("".join(head)), strict=True)
            header = _header(reader, path)
            yield frozenset(header), _rows(reader, header)
    except (gzip.BadGzipFile, EOFError, ZlibError) as error:
        raise BadFile(f"{path.name} is damaged or not gzip: bring it anew.") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error


def _text(path: Path) -> TextIO:
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")


def _header(reader: Iterator[list[str]], path: Path) -> tuple[str, ...]:
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
    except csv.Error as error:
        raise BadFile(f"The header of {path.name} cannot be read: {error}.") from error
    if not any(header):
        raise BadFile(f"{path.name} has no header in its first line.")
    if twice := [name for name in header if name and header.count(name) > 1]:
        raise BadFile(f"{path.name} has two columns named {twice[0]}.")
    return header


def _rows(reader: Iterator[list[str]], header: Sequence[str]) -> Iterator[tuple[int, Row] | BadRow]:
    """Blank lines are passed over; after a quotation mark that is never closed reading goes on behind it."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, f"cannot be read ({error})")
            continue
        if cells:
            fault = _fault(cells, header)
            yield BadRow(line, fault) if fault else (line, dict(zip(header, cells, strict=True)))


def _fault(cells: Sequence[str], header: Sequence[str]) -> str:
    if len(cells) != len(header):
        return f"has {len(cells)} cells where the header has {len(header)}"
    row = "".join(cells)
    if "\x00" in row:
        return "has a NUL character"
    if not row.isascii() and any(ord(character) in SURROGATES for character in row):
        return "has characters that are not UTF-8"
    return ""
