"""Enrichments of leads of the sample, ordered and worked off."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from billing import ledger
from billing.models import HoldPurpose, Workspace
from enrichment.models import EnrichedField, Enrichment, EnrichmentItem, EnrichmentKind
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


def found(of: Workspace, lead: Lead, *, by: Any, **fields: Any) -> EnrichedField:
    """One field that waits for a decision, of an enrichment that has ended."""
    held = ledger.hold(
        of, Decimal(0), key=f"enrichment:{uuid4()}", purpose=HoldPurpose.VERIFICATION, by=by, now=timezone.now()
    )
    job = Enrichment.objects.create(
        workspace=of, kinds=["company"], hold=held, at_most=1, selected=1, leads=1, by=by, state="done",
        finished_at=timezone.now(),
    )  # fmt: skip
    asked = {"kind": "company", "state": "found", "price": 1, "company": lead.company, "ended_at": timezone.now()}
    item = EnrichmentItem.objects.create(workspace=of, enrichment=job, lead=lead, **asked)
    given = {"field": "technologies", "after": "Slack, Zendesk", "mark": "added", "source": "dns", "confidence": 0.5}
    return EnrichedField.objects.create(workspace=of, item=item, lead=lead, **given | fields)
