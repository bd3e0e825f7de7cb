"""The embedded company database as a source: data sets loaded into our own tables, always there and always free to ask."""

from collections.abc import Sequence
from typing import ClassVar

from leads.directory import searching
from leads.directory.rows import NAME
from leads.sources.base import Count, Cursor, Page, SearchRequest, Source, Spread


class DirectorySource(Source):
    """Filters by every criterion; returns the best first by the stored proxy of fit (docs/directory.md)."""

    name: ClassVar[str] = NAME
    title: ClassVar[str] = "Company database"
    kind: ClassVar[str] = "company_database"
    is_local = True
    freshness: ClassVar[str] = "As of the day each data set was loaded"
    batch: ClassVar[int] = 250

    def count(self, request: SearchRequest) -> Count:
        return searching.count(request)

    def counts(self, requests: Sequence[SearchRequest]) -> list[Count]:
        return searching.counts(requests)

    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        return searching.search(request, cursor, limit)

    def spread(self, request: SearchRequest, pool: int, number: int) -> Spread:
        return searching.spread(request, pool, number)
