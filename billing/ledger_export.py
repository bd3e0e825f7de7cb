"""The whole ledger as rows for a file, in one query whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet, Sum, Window

from billing.models import CreditEntry, User, Workspace
from billing.statement import described
from leadengine.csv_writing import Cell

HEADER = (
    "Time",
    "Entry",
    "What",
    "Lead",
    "Who",
    "Source",
    "Run",
    "Note",
    "Unit price",
    "Quantity",
    "Credits",
    "Held",
    "Available",
)
CHUNK = 2_000
Leads = Callable[[Collection[str]], Mapping[str, str]]


def no_leads(keys: Collection[str]) -> Mapping[str, str]:
    return {}


def header(*, member_id: int | None = None) -> tuple[str, ...]:
    return HEADER if member_id else (*HEADER, "Balance")


def ledger_rows(
    workspace: Workspace, *, kind: str = "", member_id: int | None = None, leads: Leads = no_leads
) -> Iterator[tuple[Cell, ...]]:
    """One row for each entry, the newest first: all, of one kind, or of what one member did.

    `leads` names whose address was verified, by the keys of entries. Credits, what is held and what can be spent are
    signed: each of the three adds up to what there is. The last cell is the balance after the entry; a member's own
    rows have none, as on the page.
    """
    names = _names(workspace)
    found = (each for each in _entries(workspace, member_id).iterator(CHUNK) if not kind or each.kind == kind)
    while some := list(islice(found, CHUNK)):
        known = leads([each.key for each in some])
        for entry in some:
            row = _row(entry, known.get(entry.key, ""), names.get(entry.actor_id, ""))
            yield row if member_id else (*row, entry.balance)


def _entries(workspace: Workspace, member_id: int | None) -> QuerySet[Any]:
    found = CreditEntry.objects.of(workspace).select_related("hold").order_by("-pk")
    if member_id:
        return found.filter(actor_id=member_id)
    return found.annotate(balance=Window(Sum("posted"), order_by=F("pk").asc()))


def _row(entry: CreditEntry, lead: str, who: str) -> tuple[Cell, ...]:
    at = entry.created_at.isoformat(timespec="seconds")
    told = (entry.get_kind_display(), described(entry), lead, who, entry.source, str(entry.run_id or ""), entry.note)
    return (at, *told, entry.unit_price, entry.quantity, entry.posted, entry.held, entry.posted - entry.held)


def _names(workspace: Workspace) -> dict[int | None, str]:
    actors = CreditEntry.objects.of(workspace).values("actor_id")
    return {user.pk: user.name for user in User.objects.filter(pk__in=actors)}
