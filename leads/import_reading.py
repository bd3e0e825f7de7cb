"""The rows of an import as its worker reads them: under our fields, without what only stands for an empty cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leads.candidate import Candidate
from leads.file_headers import fields
from leads.file_rows import to_candidate
from leads.models import IMPORTED, Import, SourceFile, SourceFileRow
from leads.table_rows import Cells

# What programs and people write into a cell that is empty.
NOTHING = frozenset({"-", "--", "–", "—", "?", "n/a", "#n/a", "null", "(null)", "(blank)", "nan"})
NO_ADDRESS = NOTHING | {"na", "no", "none", "nil", "unknown", "no email", "not available"}
ADDRESSES = frozenset({"email", "phone", "domain", "linkedin_url", "company_phone", "company_linkedin_url"})
FORMULA = re.compile(r"\s*(=|@\w+\(|[+-]\w+\()")


def cells_of(cells: Iterable[str], file: SourceFile) -> Cells:
    """A row under the names of our fields."""
    row = list(cells)
    texts = {field: row[column] for field, column in file.mapping.items() if 0 <= column < len(row)}
    return Cells({field: _value(field, text) for field, text in texts.items()})


def formulas(cells: Cells) -> dict[str, str]:
    """Our fields whose cells hold a formula in place of a value."""
    return {field: "is a formula, no value" for field in fields() if FORMULA.match(cells[field])}


def candidate_of(job: Import, file: SourceFile, row: SourceFileRow, cells: Cells) -> Candidate:
    """Whom a row names, as the file's word. Raises UnusableRow."""
    return to_candidate(
        cells,
        record_id=f"{file.pk}:{row.line}",
        observed_at=job.observed_at,
        extra=(("file", file.name), ("line", str(row.line))),
        source=IMPORTED,
    )


def _value(field: str, text: str) -> str:
    nothing = NO_ADDRESS if field in ADDRESSES else NOTHING
    return "" if text.strip().casefold() in nothing else text
