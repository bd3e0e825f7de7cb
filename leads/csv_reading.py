"""Bytes of unknown make to the records of a CSV: encoding, delimiter and line numbers; a broken file is refused in words."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 30
MOST_COLUMNS = 300
Record = tuple[int, list[str]]
# What a person may pick where the guess is wrong, and how people know it.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "iso-8859-15": "ISO-8859-15 (Western Europe)",
    "mac_roman": "Mac Roman",
    "utf-16": "UTF-16",
}
DELIMITER_NAMES = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
LAST_RESORT = "mac_roman"  # knows a letter for each byte


class BadFile(ValueError):
    """Why a file cannot be read, and what to do: one sentence for the person who brought it."""


class BadEncoding(BadFile):
    """The bytes are no text in this encoding; another may fit."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text with the encoding that it had."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str = "") -> Text:
    """As `encoding` says; else UTF-8 with or without a mark, UTF-16 by its mark, else Windows-1252. Raises BadFile."""
    if encoding:
        return Text(_decoded(data, encoding).removeprefix("\ufeff"), encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Text(_decoded(data, "utf-16"), "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return Text(_decoded(data, "utf-8-sig"), "utf-8-sig")
    if data[:4_000].count(b"\x00") > len(data[:4_000]) // 4:
        raise BadFile("The file looks like UTF-16 without its mark, or is no text at all: save it as CSV in UTF-8.")
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Text(_decoded(data, "cp1252"), "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadEncoding(
            f"Line {line} has characters that are not {encoding}: save the file as CSV in UTF-8."
        ) from error


def line_count(text: str) -> int:
    """How many lines a file has, whatever ends them."""
    ends = text.count("\n") + text.count("\r") - text.count("\r\n")
    return ends + (not text.endswith(("\n", "\r")))


def sniff(text: str) -> str:
    """The delimiter that gives the most rows of one width above one; a comma if none does."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> int:
    widths = Counter(len(cells) for _line, cells in islice(_tolerant(text, delimiter), SAMPLE_ROWS))
    return max((rows * min(width, 20) for width, rows in widths.items() if width > 1), default=0)


def _tolerant(text: str, delimiter: str) -> Iterator[Record]:
    """The records up to a fault that `records` would report."""
    try:
        yield from records(text[:200_000], delimiter)
    except BadFile:
        return


def records(text: str, delimiter: str, *, widest: int | None = None) -> Iterator[Record]:
    """Each record with the number of the line it begins in.

    Raises BadFile for a quotation mark that is never closed, and before it takes a record of more than `widest` cells apart.
    """
    lines = _Lines(_lines(text), delimiter, widest)
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    while True:
        lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadFile(_too_long(start) if lines.is_long else _never_closed(start)) from error
        if cells is None:
            return
        may_be_open = not lines.taken[-1].endswith("\n") or "\n" in "".join(cells[-1:])
        if may_be_open and _is_open("".join(lines.taken), delimiter):
            raise BadFile(_never_closed(start))
        yield start, cells
        start = reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """Line by line with "\\n" at the end; StringIO would do it, in four times the memory."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


class _Lines:
    """The lines as the reader takes them; keeps those of the record at hand, and refuses one that is too wide."""

    def __init__(self, lines: Iterable[str], delimiter: str, widest: int | None) -> None:
        self._lines, self._delimiter, self._widest = iter(lines), delimiter, widest
        self.taken: list[str] = []
        self._quoted = re.compile(rf'(?:^|(?<=[{re.escape(delimiter)}\n]))"[^"]*(?:""[^"]*)*(?:"|\Z)')
        self.begin()

    def begin(self) -> None:
        """The next line begins a record."""
        self.taken.clear()
        self._delimiters, self._looked_at = 0, self._widest or 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken.append(line)
        if self._widest:
            self._delimiters += line.count(self._delimiter)
            if self._delimiters >= self._looked_at:
                self._measure()
        return line

    @property
    def is_long(self) -> bool:
        """Whether the last line alone is longer than a cell may be."""
        return len(self.taken[-1]) > csv.field_size_limit()

    def _measure(self) -> None:
        """Counts cells as the reader would, but for the price of two searches; looks again at twice as many."""
        self._looked_at = 2 * self._delimiters
        record = "".join(self.taken)
        width = (self._quoted.sub("", record) if '"' in record else record).count(self._delimiter) + 1
        if self._widest and width > self._widest:
            raise too_wide(width)


def too_wide(columns: int) -> BadFile:
    return BadFile(f"The file has {columns:,} columns, the most is {MOST_COLUMNS}.")


def _is_open(record: str, delimiter: str) -> bool:
    """Whether the record's last quoted cell goes on to the end of the file."""
    try:
        list(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _never_closed(line: int) -> str:
    return f"A quotation mark that opens in line {line} is never closed: close or remove it."


def _too_long(line: int) -> str:
    return f"Line {line} has a cell of more than {csv.field_size_limit():,} characters: shorten it."
