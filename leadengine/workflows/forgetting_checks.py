"""Ends and forgets the verifications of somebody who is erased: what they hold is returned, no transcript stays.

Lock order as everywhere: the row of work, the lead, the credit account, the hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from billing import ledger
from enrichment.forgetting import forget_person
from enrichment.models import EmailCheck
from leadengine.leased import OPEN_STATES
from leads.erasing import emails_of
from leads.models import Lead


def locked_checks(lead: Lead) -> Sequence[EmailCheck]:
    """The verifications of the lead's addresses that are under way, other leads' too, locked before the lead is."""
    known = Lead.objects.of(lead.workspace_id).filter(pk=lead.pk).first() or lead
    is_about = Q(lead=lead) | Q(email__in=emails_of(known))
    under_way = EmailCheck.objects.of(lead.workspace_id).filter(is_about, state__in=OPEN_STATES)
    return list(under_way.select_for_update(no_key=True, of=("self",)).select_related("hold").order_by("pk"))


def forget_checks(lead: Lead, under_way: Sequence[EmailCheck], *, now: datetime) -> None:
    """Inside the transaction that erases the lead, before its e-mail address is emptied. May be repeated."""
    forget_person(lead, addresses=emails_of(lead))
    for check in under_way:
        ledger.release(check.hold, key=f"check:{check.pk}:release", most=check.price, by_id=check.by_id, now=now)
