"""Rows as CSV that no spreadsheet takes for formulas, and their cells as they were before."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO

# What spreadsheets take for the start of a formula, a command or a further cell, also behind blanks and full-width
# (OWASP, CSV injection; ASVS 1.2.10). Our own apostrophes before it count, too, so that taking one off is unambiguous.
FORMULA = re.compile(r"['\s\u200b-\u200f\u2060\ufeff]*[=+\-@|%\t\r\n\x00＝＋－＠]")

Cell = str | int | Decimal | None


class Plain(str):
    """Text that the caller knows to be no formula, such as a number in the form +4930123456 for a machine to read."""

    __slots__ = ()


def neutral(cell: Cell) -> str:
    """The cell's text; text that a spreadsheet would run as a formula gets an apostrophe in front, numbers do not."""
    if isinstance(cell, str) and not isinstance(cell, Plain):
        return f"'{cell}" if FORMULA.match(cell) else cell
    return "" if cell is None else str(cell)


def restored(text: str) -> str:
    """The text that `neutral` was given, from what it made of it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",") -> Iterator[str]:
    """One line of text a row, the header first; the mark at the start tells spreadsheets that it is UTF-8."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    buffer.write("\ufeff")
    writer.writerow(header)
    for row in rows:
        yield _taken(buffer)
        writer.writerow([neutral(cell) for cell in row])
    yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
