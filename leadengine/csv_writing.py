"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | Decimal | None


class Plain(str):
    """Text that the caller knows to be no formula, such as a number in the form +4930123456 for a machine to read."""

    __slots__ = ()


def neutral(cell: Cell) -> str:
    """The cell's text; text that a spreadsheet would run as a formula gets an apostrophe in front, numbers do not."""
    if isinstance(cell, str) and not isinstance(cell, Plain):
        return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
    return "" if cell is None else str(cell)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """One line of text a row, the header first; the mark at the start tells spreadsheets that it is UTF-8."""
    buffer = StringIO()
    writer = csv.writer(buffer)
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
