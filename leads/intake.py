"""Accepted prospects become companies, leads, evidence, activities and deliveries: in bulk, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leadengine.ids import deterministic
from leads.claiming import claim
from leads.identity import linkedin_slug, name_sort_key
from leads.models import (
    Activity,
    ActivityKind,
    Delivery,
    EmailStatus,
    Evidence,
    Lane,
    Lead,
    LeadIdentity,
    MatchKey,
)
from leads.models.keys import new_id
from leads.origin import Origin
from leads.pipeline import entry_stage
from leads.prospecting import Prospect
from leads.ranking import authority
from leads.sources import registry
from leads.vocabulary import titles

COMPANY_FIELDS = "company."


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact data of a prospect as it was checked; empty text where there is none."""

    email: str = ""
    email_status: str = EmailStatus.UNCHECKED
    email_reason: str = ""
    email_flags: str = ""
    email_score: int | None = None
    phone: str = ""
    phone_type: str = ""
    phone_valid: bool | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A prospect that is to be delivered: as which lead, whether that lead is new, with which contact data and grade."""

    prospect: Prospect
    contact: Contact
    lead_id: UUID
    is_new: bool
    grade: str
    unit_price: Decimal


def delivery_id(run_id: UUID, lead_id: UUID) -> UUID:
    """The key of a delivery: the same run can deliver the same lead only once."""
    return deterministic("delivery", run_id, lead_id)


def claim_leads(
    workspace_id: int, new: Sequence[Accepted], known: Sequence[tuple[UUID, Prospect]] = ()
) -> dict[UUID, UUID]:
    """Take the identities of the new leads; answers which of them are somebody else's lead, and whose: one that another
    worker made in the meantime, or one of this batch, for an identity never has two owners.

    `known` leads get the identities that their prospects add.
    """
    owned = {identity: lead_id for lead_id, prospect in reversed(known) for identity in prospect.identities}
    theirs, rivals = {lead_id for lead_id, _ in known}, {}
    for each in new:
        owner = next((owned[identity] for identity in each.prospect.identities if identity in owned), each.lead_id)
        if owner != each.lead_id:
            rivals[each.lead_id] = owner
        for identity in each.prospect.identities:
            owned.setdefault(identity, owner)
    wanted = {identity: owner for identity, owner in owned.items() if owner not in theirs}
    more = {identity: owner for identity, owner in owned.items() if owner in theirs}
    lost = claim(LeadIdentity, "lead_id", workspace_id, wanted, more)
    return lost | {loser: lost.get(owner, owner) for loser, owner in rivals.items()}


def accept(prospect: Prospect, contact: Contact, *, lead_id: UUID | None, grade: str, price: Decimal) -> Accepted:
    """A prospect as a lead to deliver: a new one, or an existing one that is delivered again."""
    return Accepted(prospect, contact, lead_id or new_id(), lead_id is None, grade, price)


def save(lane: Lane, accepted: Sequence[Accepted], companies: Mapping[UUID, UUID | None], *, now: datetime) -> None:
    """Write what delivering these leads means, but for score and charge. Identities are claimed already.

    `companies` has the company of each by its lead. What is said of a lead that exists is for `merging_evidence`.
    """
    if not accepted:
        return
    create(lane, [each for each in accepted if each.is_new], companies, now=now)
    copy_in([_activity(lane, each, now) for each in accepted])
    copy_in([_delivery(lane, each, now) for each in accepted])


def create(origin: Origin, new: Sequence[Accepted], companies: Mapping[UUID, UUID | None], *, now: datetime) -> None:
    """The new leads themselves, with their keys and evidence; the rest of `save` is what a delivery means."""
    if not new:
        return
    stage_id = entry_stage(origin.workspace_id).pk
    copy_in([_lead(origin, each, companies[each.lead_id], stage_id, now) for each in new])
    copy_in([key for each in new for key in _match_keys(origin.workspace_id, each)])
    copy_in([row for each in new for row in evidence(origin, each.lead_id, each.prospect)])


def regrade(lane: Lane, grades: Mapping[UUID, str]) -> None:
    """Deliveries of this lane with another grade than they were told with, by lead."""
    for lead_id, grade in grades.items():
        key = delivery_id(lane.run_id, lead_id)
        Delivery.objects.filter(pk=key).update(grade=grade)
        for told in Activity.objects.filter(lead_id=lead_id, run_id=lane.run_id, kind=ActivityKind.DELIVERED):
            told.text, told.detail = _said(lane, grade), {**told.detail, "grade": grade}
            told.save(update_fields=["text", "detail"])


def evidence(origin: Origin, lead_id: UUID, prospect: Prospect) -> Iterator[Evidence]:
    """One row per observed value; the first observation of a field is the one in use. Company facts stand with the lead
    that brought them, so that erasing the person leaves no orphan. What a source does not date was observed when it was asked.
    """
    for field, observations in prospect.provenance.items():
        for position, seen in enumerate(observations):
            yield Evidence(
                workspace_id=origin.workspace_id,
                lead_id=lead_id,
                field=field[:40],
                value=text(seen.value),
                source=seen.source,
                url=seen.url[:500],
                confidence=seen.confidence,
                authority=authority(seen.source),
                observed_at=seen.observed_at or origin.asked_at,
                is_current=position == 0,
            )


def checked(contact: Contact, now: datetime) -> dict[str, Any]:
    """E-mail and phone as the checks left them."""
    return {
        "email": contact.email[:320],
        "email_status": contact.email_status,
        "email_reason": contact.email_reason,
        "email_flags": contact.email_flags[:120],
        "email_score": contact.email_score,
        "email_checked_at": now if contact.email else None,
        "phone": contact.phone[:40],
        "phone_type": contact.phone_type,
        "phone_valid": contact.phone_valid,
    }


def _lead(origin: Origin, each: Accepted, company_id: UUID | None, stage_id: int, now: datetime) -> Lead:
    candidate, contact = each.prospect.candidate, each.contact
    parsed = titles.parse(candidate.title)
    return Lead(
        id=each.lead_id,
        workspace_id=origin.workspace_id,
        company_id=company_id,
        full_name=candidate.name[:200],
        first_name=candidate.first_name[:100],
        last_name=candidate.last_name[:100],
        name_key=name_sort_key(candidate.name or candidate.company.name)[:320],
        title=candidate.title[:200],
        seniority=parsed.seniority,
        department=parsed.department,
        **checked(contact, now),
        linkedin_slug=linkedin_slug(candidate.linkedin_url)[:120],
        country=candidate.country,
        region=candidate.region[:120],
        city=candidate.city[:120],
        stage_id=stage_id,
        owner_id=origin.owner_id,
        source=origin.source,
        is_sample=candidate.is_sample,
        created_at=now,
        updated_at=now,
    )


def _match_keys(workspace_id: int, each: Accepted) -> list[MatchKey]:
    return [MatchKey(workspace_id=workspace_id, key=key, lead_id=each.lead_id) for key in each.prospect.keys]


def _activity(lane: Lane, each: Accepted, now: datetime) -> Activity:
    return Activity(
        workspace_id=lane.workspace_id,
        lead_id=each.lead_id,
        kind=ActivityKind.DELIVERED,
        text=_said(lane, each.grade),
        detail={"source": lane.source, "grade": each.grade, "price": str(each.unit_price)},
        run_id=lane.run_id,
        occurred_at=now,
    )


def _said(lane: Lane, grade: str) -> str:
    return f"Delivered by {registry.title(lane.source)} with grade {grade}"


def _delivery(lane: Lane, each: Accepted, now: datetime) -> Delivery:
    return Delivery(
        id=delivery_id(lane.run_id, each.lead_id),
        workspace_id=lane.workspace_id,
        run_id=lane.run_id,
        lane_id=lane.pk,
        lead_id=each.lead_id,
        source=lane.source,
        unit_price=each.unit_price,
        grade=each.grade,
        delivered_at=now,
    )


def text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
