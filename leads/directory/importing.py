"""Loads a data set's file into the directory: mapping, rows, records, tables, and a report of what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from leads.csv_reading import BadFile
from leads.directory.files import BadRow, Row, opened
from leads.directory.loading import LoadReport, Pair, claim_directory, ensure_dataset, load
from leads.directory.mapping import ColumnMap
from leads.directory.translating import Translator, UnusableRecord
from leads.isolating import in_words, one_by_one
from leads.models import Dataset

MOST_BAD_ROWS_KEPT = 10_000


@dataclass(slots=True)
class Tally:
    """What was read so far: rows in all, those left out, and the first MOST_BAD_ROWS_KEPT of these with their reason."""

    rows: int = 0
    bad: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)

    def leave_out(self, row: BadRow) -> None:
        self.bad += 1
        if len(self.bad_rows) < MOST_BAD_ROWS_KEPT:
            self.bad_rows.append(row)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What the file held and what loading it changed."""

    tally: Tally
    loaded: LoadReport

    def to_json(self) -> dict[str, Any]:
        """Rows, bad rows (number, and each with line and reason), and the changes of both tables."""
        told = [{"line": row.line, "reason": row.reason} for row in self.tally.bad_rows]
        return {"rows": self.tally.rows, "bad": self.tally.bad, "bad_rows": told, **self.loaded.to_json()}

    def sentence(self) -> str:
        return f"{self.tally.rows:,} rows, {self.tally.bad:,} left out. {self.loaded.sentence()}"


def import_file(path: Path, mapping: ColumnMap, *, dataset: str, now: datetime) -> ImportReport:
    """Loads the file within the caller's transaction; repeated it changes nothing. Raises BadFile, DirectoryBusy.

    Without a day in the mapping the file tells of the day on which it was last written.
    """
    claim_directory()
    if Dataset.objects.filter(name=dataset, is_sample=True).exists():
        raise BadFile(f"The data set {dataset} is the invented sample: choose another name.")
    tally = Tally()
    with opened(path) as (columns, rows):
        if missing := mapping.missing(columns):
            raise BadFile(f"{path.name} lacks the columns {', '.join(missing)} that the mapping names.")
        observed_at = mapping.observed_at or _day_written(path)
        kept = ensure_dataset(dataset, title=mapping.title, observed_at=observed_at, is_sample=False, now=now)
        pairs = _pairs(rows, Translator(mapping, observed_at), tally)
        return ImportReport(tally, load(kept, pairs, joins_listings=mapping.joins_listings))


def _pairs(rows: Iterator[tuple[int, Row] | BadRow], translator: Translator, tally: Tally) -> Iterator[Pair]:
    for outcome in one_by_one(rows, partial(_read, translator), _excuse):
        tally.rows += 1
        if isinstance(outcome, BadRow):
            tally.leave_out(outcome)
        else:
            yield outcome


def _read(translator: Translator, row: tuple[int, Row] | BadRow) -> Pair | BadRow:
    if isinstance(row, BadRow):
        return row
    line, cells = row
    try:
        return translator.records(cells)
    except UnusableRecord as fault:
        return BadRow(line, str(fault))


def _excuse(row: tuple[int, Row] | BadRow, error: Exception) -> Pair | BadRow:
    return row if isinstance(row, BadRow) else BadRow(row[0], in_words(error))


def _day_written(path: Path) -> datetime:
    written = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return written.replace(hour=0, minute=0, second=0, microsecond=0)
