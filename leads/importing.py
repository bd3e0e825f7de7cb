"""Reads imports: which are under way, what became of their rows, and the rows that could not be imported, as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from leads.file_columns import field_labels
from leads.models import (
    RESUMABLE_FOR,
    UNFINISHED,
    WRITING,
    Import,
    ImportRow,
    ImportStep,
    SourceFile,
    SourceFileRow,
    Undoing,
    Verdict,
)

LEFT_BEHIND = (Verdict.ERROR, Verdict.DUPLICATE, Verdict.SUPPRESSED, Verdict.BARRED)
ROWS_AT_ONCE = 2_000


def counted(job: Import) -> dict[str, int]:
    """Rows by what became of them, under the names of `Verdict` and `Undoing`. Lines that are no rows count as errors."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job).order_by()
    found = dict(rows.values_list("verdict").annotate(n=Count("pk")))
    undone = dict(rows.exclude(undoing="").values_list("undoing").annotate(n=Count("pk")))
    unreadable = len(job.file.errors) if job.file else 0
    found[Verdict.ERROR] = found.get(Verdict.ERROR, 0) + unreadable
    return {key: number for key, number in found.items() if number} | undone


def progress(job: Import) -> tuple[int, int]:
    """Rows that are done with in this step, of how many. One query."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job)
    if job.step == ImportStep.CHECK:
        found = rows.aggregate(done=Count("pk")) | {"of": job.file.row_count if job.file else 0}
    elif job.step == ImportStep.UNDO:
        rows = rows.filter(verdict__in=WRITING)
        found = rows.aggregate(done=Count("pk", filter=~Q(undoing="")), of=Count("pk"))
    else:
        found = rows.aggregate(done=Count("pk", filter=Q(is_done=True)), of=Count("pk"))
    return found["done"], found["of"]


def unfinished(workspace: Any, *, now: datetime) -> QuerySet[Import]:
    """Those that somebody may go on with."""
    rows = Import.objects.of(workspace).filter(step__in=UNFINISHED, created_at__gte=now - RESUMABLE_FOR)
    return rows.select_related("file", "started_by").order_by("-created_at", "-id")


def finished(workspace: Any) -> QuerySet[Import]:
    """Those that are, or were, under way into the workspace, the newest first."""
    rows = Import.objects.of(workspace).exclude(step__in=UNFINISHED)
    return rows.select_related("started_by").order_by("-created_at", "-id")


@dataclass(frozen=True, slots=True)
class BadCell:
    """One of our fields in a row that is wrong: where it stands, its text, and what is wrong with it."""

    field: str
    label: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported as it is; `why` is of the row as a whole. `told` is what else stands in it."""

    line: int
    why: str
    cells: tuple[BadCell, ...]
    told: str


def bad_rows(job: Import, most: int) -> list[BadRow]:
    """The first rows with errors, with their cells, but none that was blanked. Two queries."""
    file = job.file
    if file is None:
        return []
    errors = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict=Verdict.ERROR)
    faults = dict(errors.order_by("line").values_list("line", "faults")[:most])
    rows = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=file, line__in=list(faults))
    return [_bad_row(file, row, faults[row.line]) for row in rows.exclude(cells=[]).order_by("line")]


def _bad_row(file: SourceFile, row: SourceFileRow, faults: Mapping[str, str]) -> BadRow:
    labels = field_labels()
    cells = tuple(
        BadCell(field, labels[field], text_at(row.cells, file.mapping[field]), why)
        for field, why in faults.items()
        if field in file.mapping
    )
    wrong = {file.mapping[cell.field] for cell in cells}
    told = " · ".join(text for place, text in enumerate(row.cells) if text and place not in wrong)
    return BadRow(row.line, faults.get("row", ""), cells, told[:200])


def text_at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def left_behind(job: Import) -> Iterator[list[str | int]]:
    """What was not imported, as rows of a file: line, reason, and the cells; of those who are suppressed no cell."""
    file = job.file
    if file is None:
        return
    yield from ([line, f"{reason[:1].upper()}{reason[1:]}", *[""] * len(file.header)] for line, reason in file.errors)
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict__in=LEFT_BEHIND).order_by("line")
    cells = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=file)
    for batch in _batches(rows):
        told = dict(cells.filter(line__in=[row.line for row in batch]).values_list("line", "cells"))
        listed = _suppressed(job, batch)
        for row in batch:
            shown = [] if row.head in listed else told.get(row.line, [])
            yield [row.line, reason_of(row), *shown, *[""] * (len(file.header) - len(shown))]


def _suppressed(job: Import, batch: Sequence[ImportRow]) -> set[int]:
    """Of the first rows of these persons those of somebody who is suppressed; their duplicates are the same person."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict=Verdict.SUPPRESSED)
    return set(rows.filter(line__in={row.head for row in batch}).values_list("line", flat=True))


def reason_of(row: ImportRow) -> str:
    """Why it was not imported: "E-mail is not a valid e-mail address"."""
    labels = field_labels()
    told = [f"{labels.get(field, 'The row')} {why}" for field, why in row.faults.items()]
    return "; ".join(told) or row.why or Verdict(row.verdict).label


def _batches(rows: QuerySet[ImportRow]) -> Iterator[list[ImportRow]]:
    last = 0
    while batch := list(rows.filter(line__gt=last)[:ROWS_AT_ONCE]):
        yield batch
        last = batch[-1].line


def matches(job: Import, most: int) -> list[ImportRow]:
    """The first rows that are leads one has, with these and how they were recognised. One query."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict__in=[Verdict.UPDATE, Verdict.KNOWN])
    return list(rows.filter(lead__isnull=False).select_related("lead__company").order_by("line")[:most])


def left_alone(job: Import, most: int) -> list[ImportRow]:
    """What an undo left as it is, with its lead and the reason. One query."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, undoing=Undoing.LEFT)
    return list(rows.select_related("lead__company").order_by("line")[:most])
