"""What leads cost in credits, all that is charged for them: deliveries less what was paid back, verifications and look-ups."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncDate

from leads.models.lead import LeadQuerySet

Costs = dict[tuple[date, str], Decimal]


def costs_of(leads: LeadQuerySet) -> Costs:
    """By the day on which a lead was added and the source that had it first. Three queries."""
    found: Costs = defaultdict(Decimal)
    dated = leads.order_by().annotate(day=TruncDate("created_at"))
    delivered = dated.filter(deliveries__unit_price__gt=0, deliveries__reversed_at__isnull=True)
    checked = dated.filter(email_checks__charged__gt=0)
    looked_up = dated.filter(lookups__charged__gt=0)
    for day, source, credits in (
        *delivered.values_list("day", "source").annotate(sum=Sum("deliveries__unit_price")),
        *checked.values_list("day", "source").annotate(sum=Sum("email_checks__charged")),
        *looked_up.values_list("day", "source").annotate(sum=Sum("lookups__charged")),
    ):
        found[day, source] += credits
    return found
