"""The whole ledger as rows for a file, in few queries whatever its length."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

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
    "Run number and name",
    "Credits of the run",
    "Note",
    "Unit price",
    "Quantity",
    "Credits",
    "Held",
    "Available",
)
CHUNK = 2_000


def nothing(_: Collection[Any]) -> Mapping[Any, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Names:
    """What others call things: the lead of each entry by its key, runs and holds by their ids, sources by their keys."""

    leads: Callable[[Collection[CreditEntry]], Mapping[str, str]] = nothing
    runs: Callable[[Collection[UUID]], Mapping[UUID, str]] = nothing
    holds: Callable[[Collection[CreditEntry]], Mapping[int | None, str]] = nothing
    sources: Callable[[Collection[str]], Mapping[str, str]] = nothing


NAMELESS = Names()


def header(*, member_id: int | None = None) -> tuple[str, ...]:
    return HEADER if member_id else (*HEADER, "Balance")


def ledger_rows(
    workspace: Workspace, *, kind: str = "", member_id: int | None = None, known: Names = NAMELESS
) -> Iterator[tuple[Cell, ...]]:
    """One row for each entry, the newest first: all, of one kind, or of what one member did.

    Credits, what is held and what can be spent are signed: each of the three adds up to what there is. What a run's
    entries come to stands on each of them. The last cell is the balance after the entry; a member's own rows have none,
    as on the page: what others did lies between them.
    """
    names, sums = _names(workspace), _sums_of_runs(workspace, member_id)
    found = (each for each in _entries(workspace, member_id).iterator(CHUNK) if not kind or each.kind == kind)
    while some := list(islice(found, CHUNK)):
        leads, sources = known.leads(some), known.sources({each.source for each in some})
        runs, holds = known.runs({each.run_id for each in some if each.run_id}), known.holds(some)
        for entry in some:
            of_run = (str(entry.run_id or ""), runs.get(entry.run_id, ""), sums.get(entry.run_id, ""))
            source = sources.get(entry.source, entry.source)
            what = described(entry, holds.get(entry.hold_id, ""))
            row = _row(entry, what, leads.get(entry.key, ""), names.get(entry.actor_id, ""), source, of_run)
            yield row if member_id else (*row, entry.balance)


def _entries(workspace: Workspace, member_id: int | None) -> QuerySet[Any]:
    found = CreditEntry.objects.of(workspace).select_related("hold").order_by("-pk")
    if member_id:
        return found.filter(actor_id=member_id)
    return found.annotate(balance=Window(Sum("posted"), order_by=F("pk").asc()))


def _row(entry: CreditEntry, what: str, lead: str, who: str, source: str, of_run: tuple[Cell, ...]) -> tuple[Cell, ...]:
    at = entry.created_at.isoformat(timespec="seconds")
    told = (entry.get_kind_display(), what, lead, who, source, *of_run, entry.note)
    return (at, *told, entry.unit_price, entry.quantity, entry.posted, entry.held, entry.posted - entry.held)


def _names(workspace: Workspace) -> dict[int | None, str]:
    actors = CreditEntry.objects.of(workspace).values("actor_id")
    return {user.pk: user.name for user in User.objects.filter(pk__in=actors)}


def _sums_of_runs(workspace: Workspace, member_id: int | None) -> dict[UUID | None, Decimal]:
    """What each run's entries come to, all or one member's: what was charged less what was paid back, signed."""
    rows = CreditEntry.objects.of(workspace).filter(run_id__isnull=False)
    rows = rows.filter(actor_id=member_id) if member_id else rows
    return dict(rows.order_by().values_list("run_id").annotate(sum=Sum("posted")))
