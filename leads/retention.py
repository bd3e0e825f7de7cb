"""Which leads a workspace has kept long enough: nobody, and no source, has had anything to do with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from leads.models import Activity, Delivery, Evidence, FieldChange, Lead, Outcome, StageKind
from leads.models.lead import LeadQuerySet

SIGNS: dict[Any, str] = {
    Delivery: "delivered_at",
    Activity: "occurred_at",
    Evidence: "observed_at",
    FieldChange: "changed_at",
}
IS_WON = Q(stage__kind=StageKind.WON) | Q(outcome=Outcome.WON)
HAS_OPEN_DEAL = Q(deal_value__isnull=False, outcome="", closed_at__isnull=True)


def due(workspace: Any, days: int, *, now: datetime) -> LeadQuerySet:
    """The living leads whose newest sign of life is more than so many days old; won ones and open deals never are.

    Signs of life are a delivery, an entry of the timeline, a fact from a source, an edit.
    """
    before = now - timedelta(days=days)
    old = Lead.objects.of(workspace).living().filter(created_at__lt=before, updated_at__lt=before)
    signs = (
        model.objects.of(workspace).filter(lead=OuterRef("pk"), **{f"{at}__gte": before}) for model, at in SIGNS.items()
    )
    for sign in signs:
        old = old.filter(~Exists(sign))
    return old.exclude(pk__in=Lead.objects.of(workspace).filter(IS_WON | HAS_OPEN_DEAL).values("pk"))
