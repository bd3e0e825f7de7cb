"""What runs that were started by themselves have spent in a calendar month, and may spend yet."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Case, F, Sum, When

from enrichment.models import EmailCheck
from leads.models import ACTIVE_STATES, Run


def spent_since(workspace_id: int, starts: str, since: datetime) -> Decimal:
    """By runs whose request key starts so; of those under way, what they may spend. Their verifications count, too."""
    runs = Run.objects.of(workspace_id).filter(request_key__startswith=starts, created_at__gte=since)
    spent = Case(When(state__in=ACTIVE_STATES, then=F("most_credits")), default=F("spent"))
    ended = EmailCheck.objects.of(workspace_id).filter(run__in=runs.exclude(state__in=ACTIVE_STATES))
    checks = ended.aggregate(sum=Sum("charged", default=Decimal(0)))["sum"]
    return (runs.aggregate(sum=Sum(spent))["sum"] or Decimal(0)) + checks
