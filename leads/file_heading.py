"""A file whose first row may be no header: whether it is in doubt, and how that row becomes data, or the header, after all."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min

from leads.file_columns import LOOK, Unusable, being_read
from leads.file_guessing import MARK, guess_columns, is_numbered, numbered
from leads.file_headers import looks_like_header
from leads.models import SourceFile, SourceFileRow

BEING_READ = "A run reads this file now. Change it when the run has ended."


def doubtful_header(file: SourceFile) -> str:
    """The row that was taken for the header, if it names none of our fields; "" if it is one, or is none already."""
    if looks_like_header(file.header) or not has_heading(file):
        return ""
    return " · ".join(cell for cell in file.header if cell)


def has_heading(file: SourceFile) -> bool:
    """Whether a row says what the columns are; else they are numbered, in former files without our mark."""
    if is_numbered(file.header):
        return False
    is_former = [cell.replace(" ", MARK) for cell in file.header] == numbered(len(file.header))
    return not (is_former and file.rows.filter(line__lte=1).exists())


@transaction.atomic
def take_header_for_data(file: SourceFile) -> None:
    """The first row counts as one of the others from now on, once. Raises Unusable while a run reads the file."""
    _lock(file)
    if not doubtful_header(file):
        return
    if being_read(file):
        raise Unusable(BEING_READ)
    first = file.rows.aggregate(line=Min("line"))["line"] or 2
    SourceFileRow.objects.create(workspace_id=file.workspace_id, file=file, line=max(first - 1, 0), cells=file.header)
    _renamed(file, numbered(len(file.header)), file.row_count + 1)


@transaction.atomic
def take_first_row_for_header(file: SourceFile) -> None:
    """The first row says what the columns are from now on. Raises Unusable for the only one, or while a run reads the file."""
    _lock(file)
    first = file.rows.order_by("line").first()
    if has_heading(file) or first is None:
        return
    if being_read(file):
        raise Unusable(BEING_READ)
    if file.row_count < 2:
        raise Unusable("There is no other row: as a heading it would leave nothing to read.")
    first.delete()
    _renamed(file, [cell[:200].replace(MARK, " ") for cell in first.cells], file.row_count - 1)


def _lock(file: SourceFile) -> None:
    """The file as it is now, until the transaction ends."""
    file.refresh_from_db(from_queryset=SourceFile.objects.select_for_update(no_key=True))


def _renamed(file: SourceFile, header: list[str], row_count: int) -> None:
    rows = file.rows.order_by("line").values_list("cells", flat=True)[:LOOK]
    file.header, file.mapping, file.row_count = header, guess_columns(header, rows), row_count
    file.save(update_fields=["header", "mapping", "row_count"])
