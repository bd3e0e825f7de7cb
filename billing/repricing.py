"""Sets a price from a moment on: a new row, so that what was charged before keeps its price."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from billing import auditing
from billing.models import Price, User


class PriceTaken(Exception):
    """A price of this kind and source starts at that very moment already."""


@transaction.atomic
def set_price(
    kind: str, amount: Decimal, *, source: str = "", valid_from: datetime, by: User | None, now: datetime
) -> Price:
    """Credits for one unit of `kind`; an empty source is the kind's default. Raises PriceTaken."""
    given = {"kind": kind, "source": source, "valid_from": valid_from}
    price, is_new = Price.objects.get_or_create(**given, defaults={"amount": amount})
    if not is_new:
        raise PriceTaken(f"{price} starts at that moment already.")
    after = {"kind": kind, "source": source, "amount": f"{amount:.2f}", "valid_from": valid_from.isoformat()}
    auditing.record("price.set", workspace_id=None, by=by, obj=price, after=after, now=now)
    return price
