"""The whole ledger as rows for a file, in one query whatever its length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Sum, Window

from billing.models import CreditEntry, User, Workspace
from billing.statement import described
from leadengine.csv_writing import Cell

HEADER = ("Time", "Entry", "What", "Who", "Source", "Run", "Note", "Unit price", "Quantity", "Credits", "Held")
CHUNK = 2_000


def header(*, member_id: int | None = None) -> tuple[str, ...]:
    return HEADER if member_id else (*HEADER, "Balance")


def ledger_rows(workspace: Workspace, *, kind: str = "", member_id: int | None = None) -> Iterator[tuple[Cell, ...]]:
    """One row for each entry, the newest first: all, of one kind, or of what one member did.

    Credits are signed. The last cell is the balance after the entry; a member's own rows have none, as on the page.
    """
    names = _names(workspace)
    for entry in _entries(workspace, member_id).iterator(CHUNK):
        if not kind or entry.kind == kind:
            row = _row(entry, names.get(entry.actor_id, ""))
            yield row if member_id else (*row, entry.balance)


def _entries(workspace: Workspace, member_id: int | None) -> QuerySet[Any]:
    found = CreditEntry.objects.of(workspace).select_related("hold").order_by("-pk")
    if member_id:
        return found.filter(actor_id=member_id)
    return found.annotate(balance=Window(Sum("posted"), order_by=F("pk").asc()))


def _row(entry: CreditEntry, who: str) -> tuple[Cell, ...]:
    at = entry.created_at.isoformat(timespec="seconds")
    told = (entry.get_kind_display(), described(entry), who, entry.source, str(entry.run_id or ""), entry.note)
    return (at, *told, entry.unit_price, entry.quantity, entry.posted, entry.held)


def _names(workspace: Workspace) -> dict[int | None, str]:
    actors = CreditEntry.objects.of(workspace).values("actor_id")
    return {user.pk: user.name for user in User.objects.filter(pk__in=actors)}
