"""Tells what a lookup came to where people look: on the timeline and, for the line of a phone, on the lead and in its score."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from enrichment.lookup_words import in_a_sentence
from enrichment.models import Lookup, LookupKind
from leadengine.wording import amount, in_credits, plural
from leads.models import Activity, ActivityKind, FieldChange, Lead
from scoring.rescoring import rescore


def tell(lead: Lead, lookup: Lookup, *, now: datetime) -> None:
    """Within the transaction that settles it. An address that was found is only suggested."""
    Activity.objects.create(
        workspace_id=lead.workspace_id, lead=lead, kind=ActivityKind.CHECKED, by=lookup.by, occurred_at=now,
        text=f"{in_a_sentence(lookup)} {_cost(lookup)}",
    )  # fmt: skip
    told = lookup.result or {}
    type_, is_valid = told.get("type", ""), told.get("valid")
    if (
        lookup.kind == LookupKind.LINE
        and told.get("has_line")
        and (lead.phone_type, lead.phone_valid) != (type_, is_valid)
    ):
        change = FieldChange(
            workspace_id=lead.workspace_id, lead=lead, field="phone_type", before=lead.phone_type, after=type_,
            source=told["provider"], by=lookup.by, changed_at=now,
        )  # fmt: skip
        change.save()
        lead.phone_type, lead.phone_valid, lead.updated_at = type_, is_valid, now
        lead.save(update_fields=["phone_type", "phone_valid", "updated_at"])
        rescore([lead], why="Phone line looked up", now=now)


def _cost(lookup: Lookup) -> str:
    ours = in_credits(lookup.charged) if lookup.charged else ""
    outside = ((lookup.result or {}).get("evidence") or {}).get("outside") or {}
    theirs = Decimal(str(outside.get("credits") or 0))
    there = f"{amount(theirs)} {outside['title']} {plural(theirs, 'credit')}" if theirs else ""
    return f"{' and '.join(filter(None, (ours, there))) or 'Free'}."
