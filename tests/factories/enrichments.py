"""Enrichments of leads of the sample, ordered and worked off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from billing.models import Workspace
from enrichment.models import EnrichedField, Enrichment, EnrichmentKind
from leadengine.workflows import dispatch
from leadengine.workflows.enriching import Order, start_enrichment
from leads.models import Lead
from tests.factories import people


def order(of: Workspace, *kinds: str, leads: Iterable[Lead] | None = None, **fields: Any) -> Enrichment:
    """Ordered and not begun: of all leads, unless some are named."""
    by = fields.pop("by", None) or people.rep(of)
    chosen = Lead.objects.of(of).living()
    if leads is not None:
        chosen = chosen.filter(pk__in=[each.pk for each in leads])
    wanted = Order(kinds or (EnrichmentKind.COMPANY,), **{"key": uuid4()} | fields)
    return start_enrichment(chosen, wanted, workspace=of, by=by, now=timezone.now())


def worked_off(job: Enrichment, *, turns: int = 60) -> Enrichment:
    """All that is due, however long a row wants to wait for another."""
    for _ in range(turns):
        Enrichment.objects.filter(pk=job.pk, claimed=False).update(due_at=timezone.now())
        if not dispatch.turn(now=timezone.now()):
            break
    job.refresh_from_db()
    return job


def field(job: Enrichment, name: str) -> EnrichedField:
    return EnrichedField.objects.get(item__enrichment=job, field=name)
