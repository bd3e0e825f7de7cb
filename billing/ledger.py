"""Moves credits: the only writer of ledger entries.

Each verb locks the workspace's account first (`locked`), so verbs of one workspace happen one after the other; the database folds
entries into totals and refuses what would overdraw them (billing/migrations/0002). A key makes a repeat find its first
entry. All amounts are credits, `Decimal` with two places. Lock order everywhere: account, then hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from billing import auditing
from billing.limits import allowance
from billing.models import CreditAccount, CreditEntry, EntryKind, Hold, HoldPurpose, User, Workspace
from leadengine.constraints import violated
from leadengine.wording import amount, in_credits

ZERO = Decimal("0.00")
CHARGED = ("key", "price_kind", "source", "unit_price", "quantity", "delivery_id")  # of a charge, on its entry
KEPT = ("price_kind", "source", "unit_price", "quantity", "run_id", "job_id", "delivery_id")  # by a reversal
OVERDRAFTS = {"account_available_not_negative", "account_held_not_negative", "hold_remaining_not_negative"}


class InsufficientCredits(Exception):
    """More credits were asked for than the workspace, or the hold, has left."""

    def __init__(self, needed: Decimal, available: Decimal) -> None:
        self.needed, self.available = needed, available
        super().__init__(f"This needs {in_credits(needed)}; {amount(available)} are available.")


class LimitExceeded(Exception):
    """A member asked for more than their monthly limit leaves them."""

    def __init__(self, limit: Decimal, used: Decimal, needed: Decimal) -> None:
        self.limit, self.used, self.needed = limit, used, needed
        lasts = f"Your limit is {amount(limit)} a month, of which {amount(used)} are spent or held"
        super().__init__(f"This needs {in_credits(needed)}. {lasts}; a manager of your workspace can raise it.")


class KeyReuse(Exception):
    """A key came again with other content: a mistake in the program that must not pass unseen."""


class NotReversible(Exception):
    """Only a charge can be paid back, and only once."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge against a hold; `amount` is positive."""

    key: str
    amount: Decimal
    price_kind: str
    source: str
    unit_price: Decimal
    quantity: int = 1
    delivery_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """A workspace's totals; `available` is what can be held or expire."""

    posted: Decimal
    held: Decimal

    @property
    def available(self) -> Decimal:
        return self.posted - self.held


def balance(workspace: Workspace) -> Balance:
    account = CreditAccount.objects.get(workspace=workspace)
    return Balance(account.posted, account.held)


@transaction.atomic
def grant(workspace: Workspace, amount: Decimal, *, key: str, by: User | None, note: str = "") -> CreditEntry:
    """Gives credits; the same key again returns the first entry."""
    entry, is_new = _post(locked(workspace), EntryKind.GRANT, key, posted=amount, actor_id=_id(by), note=note)
    if is_new:
        _audit("credits.granted", entry, by)
    return entry


@transaction.atomic
def expire(workspace: Workspace, amount: Decimal, *, key: str, by: User | None, note: str = "") -> CreditEntry:
    """Takes credits that are not held; raises InsufficientCredits when fewer are available."""
    account = locked(workspace)
    with _overdraft_as_insufficient(amount, account.posted - account.held):
        entry, is_new = _post(account, EntryKind.EXPIRE, key, posted=-amount, actor_id=_id(by), note=note)
    if is_new:
        _audit("credits.expired", entry, by)
    return entry


@transaction.atomic
def hold(
    workspace: Workspace,
    amount: Decimal,
    *,
    key: str,
    purpose: str = HoldPurpose.DELIVERY,
    run_id: UUID | None = None,
    by: User | None,
    now: datetime,
) -> Hold:
    """Sets credits aside; raises InsufficientCredits or LimitExceeded. The same key again returns the first hold.

    A hold of nothing has no entry, because there is nothing to set aside: it allows no charge.
    """
    account = locked(workspace)
    first = CreditEntry.objects.filter(account=account, key=key).select_related("hold").first()
    if first and first.hold:
        _check_same(first, EntryKind.HOLD, ZERO, amount)
        return first.hold
    _check_limit(account, by, amount, now)
    made = Hold.objects.create(
        workspace=workspace, account=account, purpose=purpose, run_id=run_id, member_id=_id(by), created_at=now
    )
    if amount:
        with _overdraft_as_insufficient(amount, account.posted - account.held):
            _post(account, EntryKind.HOLD, key, held=amount, hold=made, actor_id=_id(by), run_id=run_id, created_at=now)
        made.refresh_from_db()
    return made


@transaction.atomic
def capture(held: Hold, charges: Sequence[Charge], *, by_id: int | None, now: datetime) -> Decimal:
    """Charges against a hold in one INSERT; returns what was newly charged: a key that came before charges nothing.

    Charges of zero are left out. Raises InsufficientCredits, charging nothing, when the hold is too small.
    """
    locked(held.workspace_id)
    wanted = {charge.key: charge for charge in charges if charge.amount}
    for entry in CreditEntry.objects.filter(account=held.account_id, key__in=wanted):
        charge = wanted.pop(entry.key)
        _check_same(entry, EntryKind.CAPTURE, -charge.amount, -charge.amount)
    total = sum((charge.amount for charge in wanted.values()), ZERO)
    with _overdraft_as_insufficient(total, _remaining(held)):
        CreditEntry.objects.bulk_create(_capture_entry(held, each, by_id, now) for each in wanted.values())
    return total


@transaction.atomic
def release(held: Hold, *, key: str, by_id: int | None = None, most: Decimal | None = None, now: datetime) -> Decimal:
    """Gives back what is left of a hold, or `most` of it; returns how much. Nothing to give back: no entry."""
    account = locked(held.workspace_id)
    rest = min(_remaining(held), most if most is not None else Decimal("Infinity"))
    if rest:
        more: dict[str, Any] = {"hold": held, "actor_id": by_id, "run_id": held.run_id, "created_at": now}
        _post(account, EntryKind.RELEASE, key, held=-rest, **more)
    return rest


@transaction.atomic
def reverse(entry: CreditEntry, *, by: User | None, key: str, note: str, now: datetime) -> CreditEntry:
    """Pays a charge back as an entry of its own; the same key again returns it. Raises NotReversible."""
    account = locked(entry.workspace_id)
    if entry.kind != EntryKind.CAPTURE:
        raise NotReversible("Only a charge can be paid back.")
    if CreditEntry.objects.filter(reverses=entry).exclude(key=key).exists():
        raise NotReversible("This charge was paid back before.")
    more = {name: getattr(entry, name) for name in KEPT} | {"reverses": entry, "note": note, "created_at": now}
    paid_back, is_new = _post(account, EntryKind.REVERSE, key, posted=-entry.posted, actor_id=_id(by), **more)
    if is_new:
        _audit("credits.reversed", paid_back, by)
    return paid_back


def locked(workspace: Workspace | int) -> CreditAccount:
    return CreditAccount.objects.select_for_update(no_key=True).get(workspace=workspace)


def _check_limit(account: CreditAccount, by: User | None, needed: Decimal, now: datetime) -> None:
    """Under the account's lock, so that two holds at once cannot both fit."""
    allowed = allowance(account.workspace_id, by.pk, now=now) if by else None
    if allowed and allowed.limit is not None and allowed.used + needed > allowed.limit:
        raise LimitExceeded(allowed.limit, allowed.used, needed)


def _remaining(held: Hold) -> Decimal:
    """What is left of the hold now; call under the account's lock. Also locks the hold."""
    return Hold.objects.select_for_update(no_key=True).get(pk=held.pk).remaining


def _post(
    account: CreditAccount, kind: str, key: str, *, posted: Decimal = ZERO, held: Decimal = ZERO, **more: Any
) -> tuple[CreditEntry, bool]:
    """Adds one entry, or finds the one that its key made before; call under the account's lock."""
    first = CreditEntry.objects.filter(account=account, key=key).first()
    if first:
        _check_same(first, kind, posted, held)
        return first, False
    values = {"workspace_id": account.workspace_id, "account": account, "kind": kind, "key": key}
    more = {"created_at": timezone.now(), **more}
    return CreditEntry.objects.create(posted=posted, held=held, **values, **more), True


def _check_same(entry: CreditEntry, kind: str, posted: Decimal, held: Decimal) -> None:
    if (entry.kind, entry.posted, entry.held) != (kind, posted, held):
        raise KeyReuse(f"The key {entry.key} belongs to another entry.")


def _capture_entry(held: Hold, charge: Charge, by_id: int | None, now: datetime) -> CreditEntry:
    return CreditEntry(
        workspace_id=held.workspace_id,
        account_id=held.account_id,
        hold_id=held.pk,
        kind=EntryKind.CAPTURE,
        posted=-charge.amount,
        held=-charge.amount,
        **{name: getattr(charge, name) for name in CHARGED},
        run_id=held.run_id,
        actor_id=by_id,
        created_at=now,
    )


@contextmanager
def _overdraft_as_insufficient(needed: Decimal, available: Decimal) -> Iterator[None]:
    """Turns the database's refusal to overdraw into InsufficientCredits; nothing inside has happened then."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if violated(refusal) not in OVERDRAFTS:
            raise
        raise InsufficientCredits(needed, available) from refusal


def _audit(verb: str, entry: CreditEntry, by: User | None) -> None:
    after = {"amount": f"{entry.posted:.2f}", "key": entry.key, "note": entry.note}
    auditing.record(verb, workspace_id=entry.workspace_id, by=by, obj=entry, after=after, now=entry.created_at)


def _id(by: models.Model | None) -> int | None:
    return by.pk if by else None
