"""Takes an address that a lookup found or suggested: a person's choice, which stands above every source."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from enrichment.lookup_words import suggestions
from enrichment.models import LookupKind
from leadengine.workflows.lookups import latest_lookup
from leadengine.workflows.picking import NotPickable, Picked, pick
from leads.bounces import lacks_email
from leads.models import Authority, Evidence, Lead

SOURCE = "finder"
GONE = "That address is not suggested any more; look at what is there now."


@transaction.atomic
def use_found(lead: Lead, email: str, *, by: Any, now: datetime) -> Picked:
    """Raises NotPickable, and then nothing has happened."""
    lookup = latest_lookup(lead, LookupKind.EMAIL)
    chosen = next((each for each in suggestions(lookup) if each.email == email), None) if lookup else None
    if chosen is None or not lacks_email(lead) or chosen.email == lead.email:
        raise NotPickable(GONE)
    row = Evidence.objects.create(
        workspace_id=lead.workspace_id, lead=lead, field="email", value=chosen.email, source=chosen.source or SOURCE,
        url=chosen.url[:500], confidence=chosen.percent / 100, observed_at=now, is_current=False,
        authority=Authority.PROVIDER if chosen.source else Authority.GUESS,
    )  # fmt: skip
    return pick(lead, row, by=by, now=now)
