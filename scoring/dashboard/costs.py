"""What leads cost in credits, all that is charged for them: deliveries less what was paid back, verifications,
look-ups, and what enrichments found about their companies."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncDate

from leads.models.lead import LeadQuerySet

ABOUT_COMPANIES = ("company", "profiles")  # kinds of enrichment; the others are verifications and look-ups
Costs = dict[tuple[date, str], Decimal]


def costs_of(leads: LeadQuerySet) -> Costs:
    """By the day on which a lead was added and the source that had it first. Four queries.

    What was found about a company counts for the lead through which it was asked for.
    """
    found: Costs = defaultdict(Decimal)
    dated = leads.order_by().annotate(day=TruncDate("created_at"))
    delivered = dated.filter(deliveries__unit_price__gt=0, deliveries__reversed_at__isnull=True)
    checked = dated.filter(email_checks__charged__gt=0)
    looked_up = dated.filter(lookups__charged__gt=0)
    enriched = dated.filter(enrichment_items__charged__gt=0, enrichment_items__kind__in=ABOUT_COMPANIES)
    for day, source, credits in (
        *delivered.values_list("day", "source").annotate(sum=Sum("deliveries__unit_price")),
        *checked.values_list("day", "source").annotate(sum=Sum("email_checks__charged")),
        *looked_up.values_list("day", "source").annotate(sum=Sum("lookups__charged")),
        *enriched.values_list("day", "source").annotate(sum=Sum("enrichment_items__charged")),
    ):
        found[day, source] += credits
    return found
