"""Ends and forgets the verifications and lookups of somebody who is erased: what they hold is returned, no transcript stays.

Lock order as everywhere: the row of work, the lead, the credit account, the hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from billing import ledger
from enrichment.forgetting import forget_person
from enrichment.models import EmailCheck, Lookup
from leadengine.leased import OPEN_STATES
from leadengine.workflows.enrichment_holds import holds_of_enrichments
from leads.erasing import emails_of
from leads.models import Lead


def locked_checks(lead: Lead) -> Sequence[EmailCheck | Lookup]:
    """The verifications of the lead's addresses that are under way, other leads' too, and its lookups, locked before the
    lead is."""
    known = Lead.objects.of(lead.workspace_id).filter(pk=lead.pk).first() or lead
    is_about = Q(lead=lead) | Q(email__in=emails_of(known))
    under_way = EmailCheck.objects.of(lead.workspace_id).filter(is_about, state__in=OPEN_STATES)
    lookups = Lookup.objects.of(lead.workspace_id).filter(lead=lead.pk, state__in=OPEN_STATES)
    return [*_locked(under_way), *_locked(lookups)]


def forget_checks(lead: Lead, under_way: Sequence[EmailCheck | Lookup], *, now: datetime) -> None:
    """Inside the transaction that erases the lead, before its e-mail address is emptied. May be repeated."""
    forget_person(lead, addresses=emails_of(lead))
    kept = holds_of_enrichments({each.hold_id for each in under_way})
    for each in (one for one in under_way if one.hold_id not in kept):
        key = f"{'lookup' if isinstance(each, Lookup) else 'check'}:{each.pk}:release"
        ledger.release(each.hold, key=key, most=each.price, by_id=each.by_id, now=now)


def _locked(rows: QuerySet[Any]) -> Any:
    return rows.select_for_update(no_key=True, of=("self",)).select_related("hold").order_by("pk")
