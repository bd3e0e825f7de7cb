"""The holds of enrichments: what one question does not use serves the next, until the last of them has ended."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from billing.models import Hold
from enrichment.models import Enrichment, ItemState
from leadengine.leased import LeaseState
from leadengine.workflows.leases import LeaseLost


def holds_of_enrichments(hold_ids: Iterable[int]) -> set[int]:
    """Those among them, in one query."""
    wanted = set(hold_ids)
    found = Enrichment.objects.filter(hold__in=wanted).values_list("hold_id", flat=True) if wanted else ()
    return set(found)


def room_of(job: Enrichment) -> Decimal:
    """Credits of its hold that no question under way may still cost."""
    held: Hold = Hold.objects.get(pk=job.hold_id)
    asked = job.items.filter(state=ItemState.ASKED).aggregate(sum=Sum("price", default=Decimal(0)))["sum"]
    return held.remaining - asked


def locked_job(job: Enrichment) -> Enrichment:
    """Raises LeaseLost when it is not this worker's any more, or was stopped."""
    mine = Enrichment.objects.select_for_update(no_key=True, of=("self",)).select_related("hold")
    row: Enrichment | None = mine.filter(pk=job.pk, epoch=job.epoch, state=LeaseState.RUNNING).first()
    if row is None:
        raise LeaseLost
    return row
