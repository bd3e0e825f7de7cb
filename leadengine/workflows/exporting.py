"""Writes leads to a file that leaves the product, and records in the audit that they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from billing import auditing
from leadengine.csv_writing import csv_lines
from leads.exporting import Tally, columns_for, lines_of
from leads.models.lead import LeadQuerySet
from leads.query.terms import LeadQuery

IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Export:
    """The file (UTF-8, at its start), its name, and how many leads it holds and left out."""

    file: IO[bytes]
    name: str
    exported: int
    left_out: int


def export_leads(
    leads: LeadQuerySet, purpose: str, *, workspace: Any, query: LeadQuery | None, by: Any, now: datetime
) -> Export:
    """All of `leads` who may be contacted. `query` is what chose them, None where they were ticked one by one."""
    columns, tally = columns_for(purpose, is_sample=workspace.is_sample), Tally()
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    for line in csv_lines(list(columns), lines_of(leads, columns, tally)):
        file.write(line.encode())
    file.seek(0)
    after = {"exported": tally.exported, "left_out": tally.left_out, "purpose": purpose, "chosen_by": _chosen(query)}
    auditing.record("leads.exported", workspace_id=workspace.pk, by=by, obj=None, after=after, now=now)
    return Export(file, f"leads-{workspace.slug}-{now:%Y-%m-%d}.csv", tally.exported, tally.left_out)


def _chosen(query: LeadQuery | None) -> list[str]:
    """The names of the filters only: what was searched for may name a person, and the audit must not."""
    return ["ticks"] if query is None else sorted({term.field for term in query.terms}) or ["everything"]
