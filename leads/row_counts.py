"""Counts rows of many tables in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet, Value


def row_counts(tables: Iterable[tuple[str, QuerySet]]) -> dict[str, int]:
    """How many rows each has, by the name given to it; names without any are left out."""
    parts = [_counted(name, rows) for name, rows in tables]
    found = parts[0].union(*parts[1:], all=True) if parts else []
    return {kind: number for kind, number in found if number}


def _counted(name: str, rows: QuerySet) -> QuerySet:
    named = rows.order_by().annotate(table_name=Value(name)).values("table_name")
    return named.annotate(row_count=Count("pk")).values_list("table_name", "row_count")
