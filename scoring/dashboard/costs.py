"""What leads cost in credits: their deliveries less what was paid back, and the checks of their addresses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.db.models.functions import TruncDate

from leads.models import Delivery
from leads.models.lead import LeadQuerySet

Costs = dict[tuple[date, str], Decimal]


def costs_of(workspace: Any, leads: LeadQuerySet) -> Costs:
    """By the day on which a lead was added and the source that had it first. Two queries."""
    found: Costs = defaultdict(Decimal)
    paid = Delivery.objects.of(workspace).filter(reversed_at__isnull=True, lead__in=leads).order_by()
    delivered = paid.annotate(day=TruncDate("lead__created_at"), of=F("lead__source")).values_list("day", "of")
    checked = leads.filter(email_checks__charged__gt=0).order_by().annotate(day=TruncDate("created_at"))
    for day, source, credits in (
        *delivered.annotate(sum=Sum("unit_price")),
        *checked.values_list("day", "source").annotate(sum=Sum("email_checks__charged")),
    ):
        found[day, source] += credits
    return found
