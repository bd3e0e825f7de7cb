"""Checks the fold: whether stored totals are the sums of the entries, which the database's triggers see to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from billing.models import CreditAccount, Hold

ZERO = models.Value(Decimal(0), output_field=models.DecimalField(max_digits=14, decimal_places=2))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One account or hold whose totals are not the sums of its entries; both as (first, second) of its two totals."""

    kind: str
    pk: int
    stored: tuple[Decimal, Decimal]
    summed: tuple[Decimal, Decimal]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} stores {self.stored}, but its entries add up to {self.summed}."


def fold_mismatches() -> list[Mismatch]:
    """All accounts (posted, held) and holds (remaining, captured) that are off; empty when the ledger is sound."""
    accounts = _off(CreditAccount, "account", ("posted", "held"), (_sum("posted"), _sum("held")))
    holds = _off(Hold, "hold", ("remaining", "captured"), (_sum("held"), ZERO - _sum("posted")))
    return accounts + holds


def _sum(column: str) -> Any:
    return Coalesce(Sum(f"entries__{column}"), ZERO)


def _off(model: type[models.Model], kind: str, totals: tuple[str, str], sums: tuple[Any, Any]) -> list[Mismatch]:
    summed = model._default_manager.annotate(first=sums[0], second=sums[1])
    off = summed.exclude(first=F(totals[0]), second=F(totals[1])).order_by("pk")
    return [
        Mismatch(kind, pk, (stored_first, stored_second), (first, second))
        for pk, stored_first, stored_second, first, second in off.values_list("pk", *totals, "first", "second")
    ]
