"""Takes the likelier spelling that a verification suggested: a person's edit, that can be put back as any choice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from enrichment.known_verdicts import latest_check
from leadengine.workflows.picking import NotPickable, Picked, pick
from leads.models import Authority, Evidence, Lead

SOURCE = "verification"
UNSURE = 0.5


@transaction.atomic
def correct_email(lead: Lead, *, by: Any, now: datetime) -> Picked:
    """Use the address that the last verification of the present one suggested. Raises NotPickable."""
    check = latest_check(lead)
    found = check.found if check else None
    if found is None or not found.suggestion:
        raise NotPickable("There is no other spelling to use any more; the address was changed meanwhile.")
    rows = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field="email")
    if not rows.filter(is_current=True).exists():
        _save(lead, lead.email, lead.source, now, is_current=True)
    return pick(lead, _save(lead, found.suggestion, SOURCE, now, is_current=False), by=by, now=now)


def _save(lead: Lead, email: str, source: str, now: datetime, *, is_current: bool) -> Evidence:
    return Evidence.objects.create(
        workspace_id=lead.workspace_id, lead=lead, field="email", value=email, source=source, confidence=UNSURE,
        authority=Authority.GUESS, observed_at=now, is_current=is_current,
    )  # fmt: skip
