"""The first rows of a file that are imported as they are, as their leads will read: shown before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.candidate import Candidate
from leads.import_reading import candidate_of, cells_of
from leads.models import WRITING, Import, ImportRow, SourceFileRow
from leads.table_rows import Cells
from leads.vocabulary import places


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row and whom it names; `lead_id`: whose gaps it fills, None for somebody new.

    `strange`: countries that are not understood, so that the lead has none.
    """

    line: int
    who: Candidate
    lead_id: UUID | None
    strange: tuple[str, ...] = ()

    @property
    def company(self) -> str:
        return self.who.company.name if self.who.company else ""

    @property
    def place(self) -> str:
        return ", ".join(filter(None, (self.who.city, self.who.country)))


def good_rows(job: Import, most: int) -> list[GoodRow]:
    """Those that are new or an update, the first of the file. Two queries."""
    file = job.file
    if file is None:
        return []
    good = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict__in=WRITING)
    leads = dict(good.order_by("line").values_list("line", "lead_id")[:most])
    rows = SourceFileRow.objects.filter(workspace_id=job.workspace_id, file=file, line__in=list(leads)).order_by("line")
    told = [(row, cells_of(row.cells, file)) for row in rows]
    return [
        GoodRow(row.line, candidate_of(job, file, row, cells), leads[row.line], _strange(cells)) for row, cells in told
    ]


def _strange(cells: Cells) -> tuple[str, ...]:
    said = dict.fromkeys(cells[field] for field in ("country", "company_country"))
    return tuple(text for text in said if text and not places.country_code(text))
