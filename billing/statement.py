"""Reads the ledger for people: entries with balances, use by day, person, run and kind, receipts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from billing.models import CreditAccount, CreditEntry, EntryKind, Hold, PriceKind, User, Workspace

ZERO = Decimal("0.00")
CHARGED = (EntryKind.CAPTURE, EntryKind.REVERSE)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry as people read it; `credits` is what it did to the balance, or else to what is held."""

    entry: CreditEntry
    what: str
    who: str
    credits: Decimal
    balance: Decimal

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
            "balance": f"{self.balance:.2f}",
        }


@dataclass(frozen=True, slots=True)
class Use:
    """Credits charged, less what was paid back, for one day, person, run or kind."""

    key: Any
    label: str
    credits: Decimal
    charges: int


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


def ledger_lines(workspace: Workspace, page: Sequence[CreditEntry]) -> list[LedgerLine]:
    """One page of entries with names and with the balance after each; a fixed number of queries."""
    names = _names(entry.actor_id for entry in page)
    after = _balances(workspace, page)
    return [
        LedgerLine(entry, described(entry), names.get(entry.actor_id, ""), entry.posted or entry.held, after[entry.pk])
        for entry in page
    ]


def balance_after_last_grant(workspace: Workspace) -> Decimal:
    """What 100 % of the credits meter is; 0 before the first grant."""
    posted = CreditAccount.objects.values_list("posted", flat=True).get(workspace=workspace)
    grants = CreditEntry.objects.of(workspace).filter(kind=EntryKind.GRANT)
    last = grants.order_by("-pk").values_list("pk", flat=True).first()
    return posted - _posted(CreditEntry.objects.of(workspace).filter(pk__gt=last)) if last else ZERO


def is_low(workspace: Workspace) -> bool:
    """Whether less than a fifth of the balance after the last grant is available."""
    account = CreditAccount.objects.get(workspace=workspace)
    return account.posted - account.held < balance_after_last_grant(workspace) / 5


def open_holds(workspace: Workspace, *, member_id: int | None = None) -> QuerySet[Hold]:
    """What is set aside for work under way, the largest first: all, or one member's."""
    found = Hold.objects.of(workspace).filter(remaining__gt=0).order_by("-remaining", "pk")
    return found if member_id is None else found.filter(member_id=member_id)


def use_by_day(workspace: Workspace, *, days: int, member_id: int | None = None, now: datetime) -> list[Use]:
    """The last `days` days up to today, the oldest first; days without use are there with 0."""
    today = timezone.localdate(now)
    first = today - timedelta(days=days - 1)
    rows = _uses(workspace, first, member_id).annotate(day=TruncDate("created_at")).values("day")
    found: dict[date, dict[str, Any]] = {
        row["day"]: dict(row) for row in rows.annotate(sum=Sum("posted"), number=Count("pk")).order_by("day")
    }
    every = [first + timedelta(days=number) for number in range(days)]
    return [_use(day, f"{day:%-d %b}", found.get(day, {})) for day in every]


def use_by_kind(workspace: Workspace, *, since: date, member_id: int | None = None) -> list[Use]:
    return [
        _use(row["price_kind"], _price_label(row["price_kind"]), row)
        for row in _grouped(_uses(workspace, since, member_id), "price_kind")
    ]


def use_by_person(workspace: Workspace, *, since: date) -> list[Use]:
    """By whom the work was started; a reversal counts for the person whose charge it pays back."""
    rows = _grouped(_uses(workspace, since, None), "person")
    names = _names(row["person"] for row in rows)
    return [_use(row["person"], names.get(row["person"], "The system"), row) for row in rows]


def use_by_run(workspace: Workspace, *, since: date, member_id: int | None = None) -> list[Use]:
    """The label is left to whoever knows the runs."""
    rows = _grouped(_uses(workspace, since, member_id).filter(run_id__isnull=False), "run_id")
    return [_use(row["run_id"], "", row) for row in rows]


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


def _uses(workspace: Workspace, since: date, member_id: int | None) -> QuerySet[CreditEntry]:
    """Charges and what was paid back of them, each with the member whose hold it was."""
    start = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    found = CreditEntry.objects.of(workspace).filter(kind__in=CHARGED, created_at__gte=start)
    found = found.annotate(person=Coalesce("hold__member_id", "reverses__hold__member_id"))
    return found if member_id is None else found.filter(person=member_id)


def _grouped(uses: QuerySet[CreditEntry], key: str) -> list[dict[str, Any]]:
    """One row a value of `key`, the most used first."""
    rows = uses.values(key).annotate(sum=Sum("posted"), number=Count("pk"))
    return list(rows.order_by("sum", key))


def _use(key: Any, label: str, row: dict[str, Any]) -> Use:
    return Use(key, label, -row.get("sum", ZERO), row.get("number", 0))


def _posted(found: QuerySet[CreditEntry]) -> Decimal:
    return found.aggregate(sum=Sum("posted"))["sum"] or ZERO


def _balances(workspace: Workspace, page: Sequence[CreditEntry]) -> dict[int, Decimal]:
    """The balance after each entry of the page, counted back from the balance now."""
    if not page:
        return {}
    newest, oldest = page[0].pk, page[-1].pk
    every = CreditEntry.objects.of(workspace)
    balance = CreditAccount.objects.values_list("posted", flat=True).get(workspace=workspace)
    balance -= _posted(every.filter(pk__gt=newest))
    after = {}
    for pk, posted in every.filter(pk__range=(oldest, newest)).order_by("-pk").values_list("pk", "posted"):
        after[pk] = balance
        balance -= posted
    return after


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    return {user.pk: user.name for user in User.objects.filter(pk__in={each for each in ids if each})}


def described(entry: CreditEntry) -> str:
    if entry.price_kind:
        return _price_label(entry.price_kind)
    return entry.note or (entry.hold.get_purpose_display() if entry.hold else "")


def _price_label(kind: str) -> str:
    return str(dict(PriceKind.choices).get(kind, kind))


def _receipt_line(row: dict[str, Any]) -> ReceiptLine:
    label = _price_label(row["price_kind"])
    return ReceiptLine(label, row["source"], row["unit_price"], row["units"], -row["sum"])
