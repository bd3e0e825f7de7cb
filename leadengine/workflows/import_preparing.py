"""An import before it begins: its file is brought, read another way, checked and corrected, as often as its owner likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from leadengine.leased import LeaseState
from leadengine.workflows.waking import wake
from leads.file_columns import being_read, remap
from leads.file_heading import BEING_READ
from leads.files import ParsedFile, store_file
from leads.import_countries import rename_countries
from leads.models import (
    UNFINISHED,
    Import,
    ImportKey,
    ImportRow,
    ImportStep,
    ImportUpload,
    SourceFile,
    SourceFileRow,
)

BUSY = "The file is being checked, or is imported already."


class NotPossible(Exception):
    """What was asked cannot be done as things stand; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How an import is carried out: what its owner said with the columns."""

    match_by: str
    on_match: str
    source_note: str


@transaction.atomic
def bring(workspace: Any, parsed: ParsedFile, content: bytes, *, by: Any, now: datetime) -> Import:
    """Keeps a file that is to be imported, and its bytes, so that it can be read another way."""
    file = store_file(workspace, parsed, by=by)
    job: Import = Import.objects.create(
        workspace=workspace,
        file=file,
        name=file.name,
        state=LeaseState.PAUSED,
        observed_at=file.created_at,
        started_by=by,
        created_at=now,
        due_at=now,
    )
    ImportUpload.objects.create(workspace=workspace, of=job, content=content)
    return job


@transaction.atomic
def read_again(job: Import, act: Callable[[SourceFile], None]) -> None:
    """Let `act` read the file another way: what was confirmed and checked of it counts no more. Raises NotPossible."""
    job = held(job)
    file = _file_of(job)
    if being_read(file):
        raise NotPossible(BEING_READ)
    act(file)
    forget_check(job)
    job.step, job.counts, job.cursor, job.error = ImportStep.MAP, {}, {}, ""
    job.state, job.claimed, job.epoch = LeaseState.PAUSED, False, job.epoch + 1
    job.save()


@transaction.atomic
def start_check(
    job: Import, terms: Terms | None = None, *, mapping: Mapping[str, int] | None = None, now: datetime
) -> Import:
    """Queue the check of an import that has not begun, with what was confirmed or corrected.

    Raises NotPossible or, for columns of which no lead can be made, Unusable; and then nothing has happened.
    """
    job = held(job)
    file = _file_of(job)
    if mapping is not None:
        remap(file, mapping)
    if terms:
        job.match_by, job.on_match, job.source_note = terms.match_by, terms.on_match, terms.source_note
    job.step, job.counts = ImportStep.CHECK, {}
    queue(job, now)
    return job


@transaction.atomic
def correct(job: Import, cells: Mapping[int, Mapping[str, str]], *, now: datetime) -> int:
    """Writes corrected cells into the file, by line and our field, and checks again; answers how many. Raises NotPossible."""
    job = _held_checked(job)
    rows = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=job.file, line__in=list(cells))
    changed = 0
    for row in rows.select_for_update(no_key=True).order_by("line"):
        places = {field: place for field, place in job.file.mapping.items() if place < len(row.cells)}
        for field, text in cells[row.line].items():
            if field in places:  # else somebody was erased, or the columns changed, since the page was shown
                changed += row.cells[places[field]] != text
                row.cells[places[field]] = text
        row.save(update_fields=["cells"])
    start_check(job, now=now)
    return changed


@transaction.atomic
def name_countries(job: Import, meant: Mapping[str, str], *, now: datetime) -> int:
    """Writes countries that were not understood as those that were meant, and checks again. Raises NotPossible."""
    job = _held_checked(job)
    changed = rename_countries(job, meant)
    start_check(job, now=now)
    return changed


def _held_checked(job: Import) -> Import:
    job = held(job)
    if job.file is None or not job.is_checked:
        raise NotPossible(BUSY)
    return job


def forget_check(job: Import) -> None:
    """What was found out of its rows."""
    for model in (ImportRow, ImportKey):
        model.objects.filter(workspace_id=job.workspace_id, of=job).delete()


def _file_of(job: Import) -> SourceFile:
    """The file as it is now. Raises NotPossible where its import has begun."""
    file = SourceFile.objects.of(job.workspace_id).filter(imported_by=job).first()
    if job.step not in UNFINISHED or file is None:
        raise NotPossible("This file is imported already.")
    return file


def held(job: Import) -> Import:
    """The import as it is now, locked until the transaction ends."""
    rows = Import.objects.filter(pk=job.pk).select_for_update(no_key=True, of=("self",))
    return rows.select_related("file", "workspace", "started_by").get()


def queue(job: Import, now: datetime) -> None:
    """Due now for any worker; one that is at it still is fenced off."""
    job.state, job.claimed, job.due_at, job.stalls, job.error = LeaseState.QUEUED, False, now, 0, ""
    job.cursor = {}
    job.save()
    Import.objects.filter(pk=job.pk).update(epoch=F("epoch") + 1)
    job.refresh_from_db(fields=["epoch"])
    wake()
