"""Reads the ledger for people: entries with balances, what is held, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from billing.models import CreditAccount, CreditEntry, EntryKind, Hold, HoldPurpose, PriceKind, User, Workspace

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry as people read it; `credits` is signed as the reader's credits go: what is set aside is minus, what comes
    back plus, a charge minus, though it was set aside before."""

    entry: CreditEntry
    what: str
    who: str
    credits: Decimal
    balance: Decimal

    @property
    def available(self) -> Decimal:
        """What it did to the credits that can be spent: nothing for a charge, which was held before."""
        return self.entry.posted - self.entry.held

    @property
    def is_verification(self) -> bool:
        """Whether it is of a hold for verification outside of runs."""
        hold = self.entry.hold
        return hold is not None and hold.purpose == HoldPurpose.VERIFICATION and not self.entry.run_id

    @property
    def work(self) -> Any:
        """What the work that it is of is known by: its run, or else its hold."""
        return self.entry.run_id or self.entry.hold_id

    @property
    def is_refund(self) -> bool:
        return self.entry.kind == EntryKind.REVERSE

    def to_json(self) -> dict[str, str]:
        """All as text, for files and programs; `posted` and `held` are signed credits."""
        entry = self.entry
        return {
            "at": entry.created_at.isoformat(timespec="seconds"),
            "kind": entry.get_kind_display(),
            "what": self.what,
            "who": self.who,
            "source": entry.source,
            "run": str(entry.run_id or ""),
            "note": entry.note,
            "unit_price": "" if entry.unit_price is None else f"{entry.unit_price:.2f}",
            "quantity": str(entry.quantity),
            "posted": f"{entry.posted:.2f}",
            "held": f"{entry.held:.2f}",
            "credits": f"{self.credits:.2f}",
            "available": f"{self.available:.2f}",
            "balance": f"{self.balance:.2f}",
        }


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What one kind of charge from one source came to, at one unit price."""

    label: str
    source: str
    unit_price: Decimal
    quantity: int
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Receipt:
    """A run's credits: held = captured + released + still held; reversed is paid back of what was captured."""

    held: Decimal
    captured: Decimal
    released: Decimal
    reversed: Decimal
    lines: tuple[ReceiptLine, ...]

    @property
    def still_held(self) -> Decimal:
        return self.held - self.captured - self.released


def entries(workspace: Workspace, *, kind: str = "", member_id: int | None = None) -> QuerySet[CreditEntry]:
    """Entries, the newest first: all, of one kind, or those that somebody's holds and acts caused."""
    found = CreditEntry.objects.of(workspace).select_related("hold").order_by("-pk")
    if kind:
        found = found.filter(kind=kind)
    if member_id is not None:
        found = found.filter(actor_id=member_id)
    return found


def ledger_lines(
    workspace: Workspace,
    page: Sequence[CreditEntry],
    *,
    known: Mapping[int, str] | None = None,
    holds: Mapping[Any, str] | None = None,
) -> list[LedgerLine]:
    """One page of entries with names and with the balance after each; a fixed number of queries.

    `known`: people whose names are not asked for; `holds`: what holds are for, where their purpose does not say it.
    """
    names, of_holds = _names({entry.actor_id for entry in page}, known or {}), holds or {}
    after = _balances(workspace, page)
    return [
        LedgerLine(
            entry,
            described(entry, of_holds.get(entry.hold_id, "")),
            names.get(entry.actor_id, ""),
            entry.posted or -entry.held,
            after[entry.pk],
        )
        for entry in page
    ]


def open_holds(workspace: Workspace, *, member_id: int | None = None) -> QuerySet[Hold]:
    """What is set aside for work under way, the largest first: all, or one member's."""
    found = Hold.objects.of(workspace).filter(remaining__gt=0).order_by("-remaining", "pk")
    return found if member_id is None else found.filter(member_id=member_id)


def receipt(run_id: UUID) -> Receipt:
    """What a run held, spent and gave back, over all its holds."""
    of_run = CreditEntry.objects.filter(run_id=run_id)
    sums: dict[str, dict[str, Any]] = {
        row["kind"]: dict(row)
        for row in of_run.values("kind").annotate(p=Sum("posted"), h=Sum("held")).order_by("kind")
    }
    captured = of_run.filter(kind=EntryKind.CAPTURE).values("price_kind", "source", "unit_price")
    rows = captured.annotate(units=Sum("quantity"), sum=Sum("posted")).order_by("price_kind", "source", "unit_price")
    return Receipt(
        held=sums.get(EntryKind.HOLD, {}).get("h", ZERO),
        captured=-sums.get(EntryKind.CAPTURE, {}).get("p", ZERO),
        released=-sums.get(EntryKind.RELEASE, {}).get("h", ZERO),
        reversed=sums.get(EntryKind.REVERSE, {}).get("p", ZERO),
        lines=tuple(_receipt_line(dict(row)) for row in rows),
    )


def _balances(workspace: Workspace, page: Sequence[CreditEntry]) -> dict[int, Decimal]:
    """The balance after each entry of the page, counted back from the balance now."""
    if not page:
        return {}
    newest, oldest = page[0].pk, page[-1].pk
    every = CreditEntry.objects.of(workspace)
    newer = CreditEntry.objects.filter(workspace=OuterRef("workspace"), pk__gt=newest).order_by().values("workspace")
    account: Any = CreditAccount.objects.annotate(newer=Subquery(newer.annotate(sum=Sum("posted")).values("sum")))
    posted, later = account.values_list("posted", "newer").get(workspace=workspace)
    balance = posted - (later or ZERO)
    after = {}
    for pk, posted in every.filter(pk__range=(oldest, newest)).order_by("-pk").values_list("pk", "posted"):
        after[pk] = balance
        balance -= posted
    return after


def _names(ids: set[int | None], known: Mapping[Any, str]) -> dict[int | None, str]:
    others = User.objects.filter(pk__in={each for each in ids if each} - known.keys())
    found: dict[int | None, str] = {user.pk: user.name for user in others}
    found.update(known)
    return found


def described(entry: CreditEntry, of_hold: str = "") -> str:
    """What it was for; `of_hold`: what its hold is called, where the hold's purpose does not say it."""
    if entry.price_kind:
        return price_label(entry.price_kind)
    return entry.note or of_hold or (entry.hold.get_purpose_display() if entry.hold else "")


def price_label(kind: str) -> str:
    """What a kind of charge is called."""
    return str(dict(PriceKind.choices).get(kind, kind))


def _receipt_line(row: dict[str, Any]) -> ReceiptLine:
    label = price_label(row["price_kind"])
    return ReceiptLine(label, row["source"], row["unit_price"], row["units"], -row["sum"])
