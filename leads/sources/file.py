"""A user's own CSV file as a source: every usable row is a candidate, and the engine judges the criteria."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from django.db.models import QuerySet

from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.file_rows import UnusableRow, by_field, to_candidate
from leads.isolating import in_words, one_by_one
from leads.linkedin_files import CONNECTIONS, FILE, SALES_NAVIGATOR
from leads.models import SourceFile, SourceFileRow
from leads.sources.base import Count, Cursor, Page, RecordFault, SearchRequest, Source, SourceError, Spread

HEAD = "head"
LOOKED_AT = 2_000  # rows judged for a count: some 0.1 s


class FileSource(Source):
    """Asks for `file_id` in the request; its cursor is the last line that was read."""

    name: ClassVar[str] = FILE
    title: ClassVar[str] = "Your file"
    kind: ClassVar[str] = "file"
    is_local: ClassVar[bool] = True
    freshness: ClassVar[str] = "As you brought it"
    batch: ClassVar[int] = 250

    def unsupported(self, criteria: Criteria) -> tuple[str, ...]:
        return tuple(criterion.name for criterion in criteria.musts())

    def count(self, request: SearchRequest) -> Count:
        """Of the first rows those that fit, judged one by one; a longer file holds at least so many."""
        return Count(len(self._fitting(request)), is_capped=_file(request).row_count > LOOKED_AT)

    def spread(self, request: SearchRequest, pool: int, number: int) -> Spread:
        """Evenly out of the first rows that fit."""
        fitting = self._fitting(request)[:pool]
        size = min(number, len(fitting))
        return Spread(tuple(fitting[place * len(fitting) // size] for place in range(size)), len(fitting))

    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        file = _file(request)
        found = _found(file, request, cursor, limit + 1)
        outcomes = self._outcomes(file, found[:limit])
        return Page(
            candidates=tuple(outcome for outcome in outcomes if not isinstance(outcome, RecordFault)),
            next_cursor={"line": found[limit - 1].line} if len(found) > limit else None,
            faults=tuple(outcome for outcome in outcomes if isinstance(outcome, RecordFault)),
        )

    def _fitting(self, request: SearchRequest) -> list[Candidate]:
        file = _file(request)
        read = [outcome for outcome in self._outcomes(file, _head(file, request)) if isinstance(outcome, Candidate)]
        fits = one_by_one(read, lambda each: _is_reachable(each) and not request.criteria.judge(each), lambda *_: False)
        return [each for each, it_fits in zip(read, fits, strict=True) if it_fits]

    def _outcomes(self, file: SourceFile, rows: Iterable[SourceFileRow]) -> list[Candidate | RecordFault]:
        return list(one_by_one(rows, partial(_read, self.name, file), partial(_excuse, file)))


class Connections(FileSource):
    """Whom somebody of the workspace is connected with, from the copy of the own data that LinkedIn sends."""

    name: ClassVar[str] = CONNECTIONS
    title: ClassVar[str] = "LinkedIn: connections"
    freshness: ClassVar[str] = "As of the day of the export"
    reach: ClassVar[str] = (
        "Your own connections. LinkedIn sends the file Connections.csv: "
        "Settings & Privacy, Data privacy, Get a copy of your data. Bring it below"
    )


class SalesNavigator(FileSource):
    """A list that somebody exported from Sales Navigator."""

    name: ClassVar[str] = SALES_NAVIGATOR
    title: ClassVar[str] = "LinkedIn: Sales Navigator"
    freshness: ClassVar[str] = "As of the day of the export"
    reach: ClassVar[str] = (
        "A list that you exported from Sales Navigator as CSV. Bring it below; LinkedIn itself is not asked"
    )


def _is_reachable(row: Candidate) -> bool:
    """Whom nobody could reach is not delivered; whether an address is usable is for the engine to say."""
    by_site = not row.is_person and row.company.domain
    return bool(row.email or row.phone or row.company.phone or row.linkedin_url or by_site)


def _found(file: SourceFile, request: SearchRequest, cursor: Cursor, most: int) -> list[SourceFileRow]:
    """The next rows; the first ones are not read again where they were counted for the same request."""
    if not cursor and (HEAD, file.pk) in request.looked_up and most <= LOOKED_AT:
        return _head(file, request)[:most]
    return list(_rows(file, request.workspace_id, after=cursor.get("line", 0))[:most])


def _head(file: SourceFile, request: SearchRequest) -> list[SourceFileRow]:
    """The rows that are judged for a count, read once for a request."""
    kept, key = request.looked_up, (HEAD, file.pk)
    if key not in kept:
        kept[key] = list(_rows(file, request.workspace_id, after=0)[:LOOKED_AT])
    found: list[SourceFileRow] = kept[key]
    return found


def _rows(file: SourceFile, workspace_id: int, *, after: int) -> QuerySet[SourceFileRow]:
    rows = SourceFileRow.objects.filter(workspace_id=workspace_id, file=file, line__gt=after)
    return rows.order_by("line")


def _file(request: SearchRequest) -> SourceFile:
    if request.file_id is None:
        raise SourceError("No file was chosen: upload one first.", permanent=True)
    wanted = (request.workspace_id, request.file_id)
    at_hand = (each for each in request.files if (each.workspace_id, each.pk) == wanted)
    file = next(at_hand, None) or SourceFile.objects.of(request.workspace_id).filter(pk=request.file_id).first()
    if file is None:
        raise SourceError("The file is not there any more: upload it again.", permanent=True)
    return file


def _read(source: str, file: SourceFile, row: SourceFileRow) -> Candidate | RecordFault:
    origin = (("file", file.name), ("line", str(row.line)))
    try:
        return to_candidate(
            by_field(row.cells, file.mapping),
            record_id=_record_id(file, row),
            observed_at=file.created_at,
            extra=origin,
            source=source,
        )
    except UnusableRow as fault:
        return _fault(file, row, str(fault))


def _excuse(file: SourceFile, row: SourceFileRow, error: Exception) -> Candidate | RecordFault:
    return _fault(file, row, in_words(error))


def _fault(file: SourceFile, row: SourceFileRow, reason: str) -> RecordFault:
    return RecordFault(_record_id(file, row), f"{file.name}, line {row.line}", f"Line {row.line} {reason}.")


def _record_id(file: SourceFile, row: SourceFileRow) -> str:
    return f"{file.pk}:{row.line}"
