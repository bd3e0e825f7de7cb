"""A second source's facts about a lead that exists already: kept as evidence, and used where the lead had nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leadengine.bulk import copy_in
from leads.identity import linkedin_slug
from leads.intake import Contact, evidence
from leads.models import Activity, ActivityKind, FieldChange, Lane, Lead
from leads.prospecting import Prospect
from leads.vocabulary import titles

FILLABLE = (
    "first_name last_name title seniority department email email_status email_reason email_flags phone phone_type "
    "phone_valid linkedin_slug country region city"
).split()
SHOWN = ("title", "email", "phone", "linkedin_slug", "country", "city")


def save(lane: Lane, more: Sequence[tuple[UUID, Prospect, Contact]], *, now: datetime) -> None:
    """Keep the evidence of (lead, prospect, contact) and fill the lead's gaps; what the lead had is never overwritten."""
    if not more:
        return
    leads = Lead.objects.of(lane.workspace_id).in_bulk([lead_id for lead_id, _, _ in more])
    changes: list[FieldChange] = []
    for lead_id, prospect, contact in more:
        filled = _fill(leads[lead_id], prospect, contact, now)
        changes += [_change(lane, lead_id, name, value, now) for name, value in filled.items() if name in SHOWN]
    Lead.objects.bulk_update(leads.values(), [*FILLABLE, "updated_at"])
    copy_in([row for lead_id, prospect, _ in more for row in _evidence(lane, lead_id, prospect, changes, now)])
    copy_in(changes)
    copy_in([_activity(lane, lead_id, now) for lead_id in leads])


def _evidence(lane: Lane, lead_id: UUID, prospect: Prospect, changes: Sequence[FieldChange], now: datetime) -> list:
    used = {change.field for change in changes if change.lead_id == lead_id}
    rows = list(evidence(lane.workspace_id, lead_id, prospect, now=now, is_current=False))
    for row in rows:
        row.is_current = row.field in used
    return rows


def _fill(lead: Lead, prospect: Prospect, contact: Contact, now: datetime) -> dict[str, object]:
    """Set what the lead lacks; an address comes with its verdict, a title with what is read from it."""
    offered = {
        name: getattr(prospect.candidate, name) for name in ("first_name", "last_name", "country", "region", "city")
    }
    offered["linkedin_slug"] = linkedin_slug(prospect.candidate.linkedin_url)
    if not lead.email and contact.email:
        offered |= {name: getattr(contact, name) for name in ("email", "email_status", "email_reason", "email_flags")}
    if not lead.phone and contact.phone:
        offered |= {name: getattr(contact, name) for name in ("phone", "phone_type", "phone_valid")}
    if not lead.title and prospect.candidate.title:
        parsed = titles.parse(prospect.candidate.title)
        offered |= {
            "title": prospect.candidate.title[:200],
            "seniority": parsed.seniority,
            "department": parsed.department,
        }
    filled = {
        name: value for name, value in offered.items() if value and (not getattr(lead, name) or name == "email_status")
    }
    for name, value in filled.items():
        setattr(lead, name, value)
    if filled:
        lead.updated_at = now
    return filled


def _change(lane: Lane, lead_id: UUID, name: str, value: object, now: datetime) -> FieldChange:
    return FieldChange(
        workspace_id=lane.workspace_id,
        lead_id=lead_id,
        field=name,
        after=str(value),
        source=lane.source,
        changed_at=now,
    )


def _activity(lane: Lane, lead_id: UUID, now: datetime) -> Activity:
    return Activity(
        workspace_id=lane.workspace_id,
        lead_id=lead_id,
        kind=ActivityKind.MERGED,
        text=f"{lane.source} knows this lead too; its evidence was added free of charge",
        run_id=lane.run_id,
        occurred_at=now,
    )
