"""A user's CSV file: read whole with what is wrong in each line, stored row by row as a source of leads, and deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction

from leadengine.csv_writing import restored
from leads.csv_reading import (
    LAST_RESORT,
    MOST_COLUMNS,
    BadEncoding,
    BadFile,
    Record,
    decode,
    line_count,
    records,
    sniff,
    too_wide,
)
from leads.file_guessing import MARK, guess_columns, is_data, is_numbered, numbered
from leads.file_headers import looks_like_header
from leads.models import UNDER_WAY, Import, Run, SavedSearch, SourceFile, SourceFileRow

WIDEST_ROW = 10_000  # a row that is wider is not taken apart at all
MOST_LINES = 300_000  # three for each row that may be there; more take longer to read than anybody waits
MOST_ERRORS = 10_000
PREAMBLE_ROWS = 12
ROWS_AT_ONCE = 2_000
MOST_ERRORS_KEPT = 1_000
Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """`rows` and `errors` name the line of the file in which a row begins; an erroneous row is in `errors` only."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    encoding: str
    delimiter: str
    errors: tuple[tuple[int, str], ...]


def read_csv(
    data: bytes,
    name: str,
    *,
    max_rows: int = 100_000,
    encoding: str = "",
    delimiter: str = "",
    heading: bool | None = None,
) -> ParsedFile:
    """The file's header, rows and faulty lines, as guessed or as told. Raises BadFile if it cannot be used at all.

    `heading`: whether a row says what the columns are; without one they are numbered.
    """
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise BadFile(
            f"The file has {_megabytes(len(data))}, the most is {_megabytes(settings.UPLOAD_MAX_BYTES)}: split it."
        )
    if not data.strip():
        raise BadFile("The file is empty.")
    decoded = decode(data, encoding)
    if (lines := line_count(decoded.text)) > MOST_LINES:
        raise BadFile(f"The file has {lines:,} lines, the most is {MOST_LINES:,}: delete the empty ones, or split it.")
    delimiter = delimiter or sniff(decoded.text)
    found = records(decoded.text, delimiter, widest=WIDEST_ROW)
    filled = (record for record in found if any(cell.strip() for cell in record[1]))
    header, rest = _header(filled, heading)
    rows, errors = _sorted_out(header, rest, max_rows)
    if not rows:
        raise BadFile(_no_rows(header))
    return ParsedFile(name, header, rows, decoded.encoding, delimiter, errors)


def read_anyhow(
    data: bytes, name: str, *, encoding: str = "", delimiter: str = "", heading: bool | None = None
) -> ParsedFile:
    """As `read_csv`; where no guess fits, in an encoding that has a letter for every byte. Raises BadFile."""
    try:
        return read_csv(data, name, encoding=encoding, delimiter=delimiter, heading=heading)
    except BadEncoding:
        if encoding:
            raise
        return read_csv(data, name, encoding=LAST_RESORT, delimiter=delimiter, heading=heading)


@transaction.atomic
def store_file(workspace: Any, parsed: ParsedFile, *, by: Any) -> SourceFile:
    """Keeps the file for the workspace, its columns mapped as well as can be guessed."""
    kept = SourceFile.objects.create(
        workspace=workspace,
        name=parsed.name[:200],
        header=[cell[:200] for cell in parsed.header],
        mapping=_mapping(parsed),
        encoding=parsed.encoding,
        delimiter=parsed.delimiter,
        row_count=len(parsed.rows),
        errors=[[line, reason] for line, reason in parsed.errors[:MOST_ERRORS_KEPT]],
        uploaded_by=by,
    )
    _store_rows(kept, parsed)
    return kept


@transaction.atomic
def store_again(kept: SourceFile, parsed: ParsedFile) -> None:
    """The same file read another way, in place of how it was read: its columns are guessed anew."""
    kept.rows.all().delete()
    kept.header, kept.mapping = [cell[:200] for cell in parsed.header], _mapping(parsed)
    kept.encoding, kept.delimiter, kept.row_count = parsed.encoding, parsed.delimiter, len(parsed.rows)
    kept.errors = [[line, reason] for line, reason in parsed.errors[:MOST_ERRORS_KEPT]]
    kept.save()
    _store_rows(kept, parsed)


def _mapping(parsed: ParsedFile) -> dict[str, int]:
    return guess_columns(parsed.header, (cells for _line, cells in parsed.rows))


def _store_rows(kept: SourceFile, parsed: ParsedFile) -> None:
    rows = (
        SourceFileRow(workspace_id=kept.workspace_id, file=kept, line=line, cells=list(cells))
        for line, cells in parsed.rows
    )
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        SourceFileRow.objects.bulk_create(batch)


class FileInUse(Exception):
    """A run still reads the file; the message is a sentence that names the runs."""


@transaction.atomic
def delete_file(file: SourceFile) -> None:
    """Takes the file and its rows away; ended runs and their leads stay. Raises FileInUse while a run reads it."""
    runs = Run.objects.of(file.workspace_id).filter(source_file=file).select_for_update().order_by("number")
    if reading := [run for run in runs if run.is_active]:
        named = ", ".join(f"run {run.number}" for run in reading)
        raise FileInUse(f"“{file.name}” is read by {named}: wait for the end, or stop it first.")
    if Import.objects.of(file.workspace_id).filter(file=file, step__in=UNDER_WAY).exists():
        raise FileInUse(f"“{file.name}” is being imported: wait for the end, or discard the import first.")
    runs.update(source_file=None)
    SavedSearch.objects.of(file.workspace_id).filter(source_file=file).update(source_file=None)
    file.rows.all().delete()
    file.delete()


def _header(filled: Iterator[Record], heading: bool | None) -> tuple[tuple[str, ...], Iterator[Record]]:
    """The header, behind a preamble if there is one, and the records after it; where there is none, all of them."""
    first = list(islice(filled, PREAMBLE_ROWS))
    place = next((place for place, (_, cells) in enumerate(first) if looks_like_header(cells)), None)
    if heading is None:
        heading = place is not None or not first or not is_data(first[0][1])
    width = max((len(cells) for _, cells in first), default=0)
    header = tuple(_name(cell) for cell in first[place or 0][1]) if heading and first else tuple(numbered(width))
    if len(header) > MOST_COLUMNS:
        raise too_wide(len(header))
    return header, _chained(first[(place or 0) + 1 if heading else 0 :], filled)


def _no_rows(header: Sequence[str]) -> str:
    if is_numbered(header):
        return "The file has no rows that can be used." if header else "The file has no rows."
    return "The file has a header but no rows that can be used."


def _name(cell: str) -> str:
    """A column's name without marks of the file's encoding and ours, and without the NUL that PostgreSQL refuses."""
    return cell.replace("\x00", "").replace(MARK, " ").strip().removeprefix("\ufeff")


def _chained(first: Sequence[Record], rest: Iterator[Record]) -> Iterator[Record]:
    yield from first
    yield from rest


def _sorted_out(
    header: tuple[str, ...], rest: Iterator[Record], max_rows: int
) -> tuple[tuple[Line, ...], tuple[tuple[int, str], ...]]:
    rows: list[Line] = []
    errors: list[tuple[int, str]] = []
    other = "the first rows have" if is_numbered(header) else "the header has"
    for line, cells in rest:
        if fault := _fault(cells, header, other):
            errors.append((line, fault))
        else:
            rows.append(
                (line, tuple(_clean(cell) for cell in (*cells, *[""] * (len(header) - len(cells))))[: len(header)])
            )
        if len(errors) > MOST_ERRORS:
            first, reason = errors[0]
            raise BadFile(f"More than {MOST_ERRORS:,} rows cannot be used. The first is line {first}: it {reason}.")
        if len(rows) > max_rows:
            raise BadFile(f"The file has more than {max_rows:,} rows: split it.")
    return tuple(rows), tuple(errors)


def _fault(cells: Sequence[str], header: Sequence[str], other: str) -> str:
    """Why a row is left out; one that lacks cells at its end is taken, as spreadsheets cut empty ones off."""
    if any(cell.strip() for cell in cells[len(header) :]):
        return f"has {len(cells)} cells where {other} {len(header)}"
    if len(cells) == 1 < len(header):
        return f"has one cell where {other} {len(header)}"
    if [cell.strip() for cell in cells] == list(header):
        return "repeats the header"
    return "has a NUL character" if any("\x00" in cell for cell in cells) else ""


def _clean(cell: str) -> str:
    """Without outer blanks, and without the apostrophe that exports put before a formula's sign."""
    return restored(cell.strip()).strip()


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f} MB"
