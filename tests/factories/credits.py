"""Holds and charges."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from billing import ledger
from billing.ledger import Charge
from billing.models import CreditEntry, Hold, PriceKind, Workspace

_numbers = count(1)


def hold(of: Workspace, amount: Decimal | int = 10, **fields: Any) -> Hold:
    fields = {"key": f"hold:{next(_numbers)}", "by": None, "now": timezone.now()} | fields
    return ledger.hold(of, Decimal(amount), **fields)


def charge(amount: Decimal | int = 1, **fields: Any) -> Charge:
    """A charge that has not been made."""
    price = Decimal(amount)
    given = {"key": f"delivery:{next(_numbers)}", "price_kind": PriceKind.DELIVERY, "source": "directory"}
    return Charge(amount=price, unit_price=price, **given | fields)


def captured(held: Hold, amount: Decimal | int = 1, *, now: datetime | None = None, **fields: Any) -> CreditEntry:
    """A charge that has been made."""
    wanted = charge(amount, **fields)
    ledger.capture(held, [wanted], by_id=held.member_id, now=now or timezone.now())
    return CreditEntry.objects.get(workspace=held.workspace_id, key=wanted.key)
