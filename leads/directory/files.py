"""Streams a data set's CSV file, plain or gzip, row by row with line numbers; a row that cannot be read is told apart."""

import csv
import gzip
from collections import deque
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
            lines = _Lines(chain(head, text), sniff("".join(head)))
            header = _header(lines, path)
            yield frozenset(header), _rows(lines, header)
    except (gzip.BadGzipFile, EOFError, ZlibError) as error:
        raise BadFile(f"{path.name} is damaged or not gzip: bring it anew.") from error
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror or error}.") from error


def _text(path: Path) -> TextIO:
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")


class _Lines:
    """Reads records from lines, and can go back to the second line of the record at hand."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._reader = self._made()
        self.line = 1  # in which the record at hand begins

    def record(self) -> list[str]:
        """The next record's cells. Raises StopIteration and csv.Error."""
        self.line += len(self._taken)
        self._taken.clear()
        return next(self._reader)

    def go_back(self) -> bool:
        """Reads the record's lines again, but for its first; False if it has no other."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self._taken = [first]
        self._reader = self._made()
        return bool(others)

    def _made(self) -> Iterator[list[str]]:
        return csv.reader(iter(self._next, None), delimiter=self._delimiter, strict=True)

    def _next(self) -> str | None:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is not None:
            self._taken.append(line)
        return line


def _header(lines: _Lines, path: Path) -> tuple[str, ...]:
    try:
        header = tuple(cell.strip() for cell in lines.record())
    except StopIteration:
        header = ()
    except csv.Error as error:
        raise BadFile(f"The header of {path.name} cannot be read: {error}.") from error
    if not any(header):
        raise BadFile(f"{path.name} has no header in its first line.")
    if twice := [name for name in header if name and header.count(name) > 1]:
        raise BadFile(f"{path.name} has two columns named {twice[0]}.")
    return header


def _rows(lines: _Lines, header: Sequence[str]) -> Iterator[tuple[int, Row] | BadRow]:
    """Blank lines are passed over. A row that is none takes no line but its first with it: a quotation mark that is never
    closed would swallow good rows.
    """
    while True:
        try:
            cells = lines.record()
        except StopIteration:
            return
        except csv.Error as error:
            lines.go_back()
            yield BadRow(lines.line, f"cannot be read: {_in_words(error)}")
            continue
        if not cells:
            continue
        fault = _fault(cells, header)
        if fault and lines.go_back():
            fault += ", or a quotation mark in it is never closed"
        yield BadRow(lines.line, fault) if fault else (lines.line, dict(zip(header, cells, strict=True)))


def _in_words(error: csv.Error) -> str:
    if "field larger" in str(error) or "unexpected end" in str(error):
        return "a quotation mark in it is never closed"
    return f"its quotation marks do not match ({error})"


def _fault(cells: Sequence[str], header: Sequence[str]) -> str:
    if len(cells) != len(header):
        return f"has {len(cells)} cells where the header has {len(header)}"
    row = "".join(cells)
    if "\x00" in row:
        return "has a NUL character"
    if not row.isascii() and any(ord(character) in SURROGATES for character in row):
        return "has characters that are not UTF-8"
    return ""
