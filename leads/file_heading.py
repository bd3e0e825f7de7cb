"""A file whose first row may be no header: whether it is in doubt, and how that row becomes data after all."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Min

from leads.file_columns import Unusable, being_read
from leads.file_headers import looks_like_header
from leads.models import SourceFile, SourceFileRow

BEING_READ = "A run reads this file now. Change it when the run has ended."


def doubtful_header(file: SourceFile) -> str:
    """The row that was taken for the header, if it names none of our fields; "" if it is one, or is none already."""
    if looks_like_header(file.header) or file.header == _numbered(file):
        return ""
    return " · ".join(cell for cell in file.header if cell)


@transaction.atomic
def take_header_for_data(file: SourceFile) -> None:
    """The first row counts as one of the others from now on, once. Raises Unusable while a run reads the file."""
    if not doubtful_header(file):
        return
    if being_read(file):
        raise Unusable(BEING_READ)
    first = file.rows.aggregate(line=Min("line"))["line"] or 2
    SourceFileRow.objects.create(workspace_id=file.workspace_id, file=file, line=max(first - 1, 0), cells=file.header)
    file.header, file.mapping, file.row_count = _numbered(file), {}, file.row_count + 1
    file.save(update_fields=["header", "mapping", "row_count"])


def _numbered(file: SourceFile) -> list[str]:
    return [f"Column {number}" for number in range(1, len(file.header) + 1)]
