"""What a run has cost so far, its leads and the verification of their addresses: the one number that every page tells."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from leads.models import Run

NOTHING = Value(Decimal(0))


def with_cost(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Each with its `cost`, as the receipt has it: what was charged, before anything was paid back for bad data."""
    checked = Run.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
    checks = checked.annotate(sum=Sum("email_checks__charged")).values("sum")
    return runs.annotate(cost=F("spent") + Coalesce(Subquery(checks), NOTHING))


def spent_on_checks(runs: QuerySet[Run], *, since: datetime) -> Decimal:
    """What verifications of these runs have cost since then."""
    found = runs.filter(email_checks__finished_at__gte=since)
    total: Decimal = found.aggregate(sum=Sum("email_checks__charged", default=Decimal(0)))["sum"]
    return total
