"""Marks the leads that an entry of the suppression list reaches, wherever they stand already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from leads.models import Activity, ActivityKind, Lead, LeadIdentity, SuppressionKind
from leads.models.lead import LeadQuerySet
from leads.suppressing import canonical

PROFILE = "https://www.linkedin.com/in/"


def addresses(lead: Lead) -> dict[str, str]:
    """What of a lead can be suppressed: kind to value, only what it has."""
    values = {
        SuppressionKind.EMAIL: lead.email,
        SuppressionKind.DOMAIN: lead.company.domain if lead.company else "",
        SuppressionKind.PHONE: lead.phone,
        SuppressionKind.LINKEDIN: PROFILE + lead.linkedin_slug if lead.linkedin_slug else "",
    }
    return {kind.value: value for kind, value in values.items() if value}


def reached(workspace: Any, kind: str, value: str) -> LeadQuerySet:
    """The leads of a workspace that have this address. Raises UnusableSuppression when it is no address of its kind."""
    key = canonical(kind, value)
    known = LeadIdentity.objects.of(workspace).filter(kind=kind, value=key).values("lead_id")
    by_kind = {
        SuppressionKind.EMAIL: Q(email__iexact=value.strip()) | Q(pk__in=known),
        SuppressionKind.DOMAIN: Q(company__domain__iexact=key) | Q(email__iendswith=f"@{key}"),
        SuppressionKind.PHONE: Q(phone=key),
        SuppressionKind.LINKEDIN: Q(linkedin_slug=key),
        SuppressionKind.RECORD: Q(pk__in=known),
    }
    return Lead.objects.of(workspace).living().filter(by_kind[SuppressionKind(kind)])


def mark(leads: Iterable[Lead], kind: str, *, by: Any, now: datetime) -> int:
    """Mark leads as not to be contacted, with a line on the timeline of each; answers how many were not marked before."""
    fresh = [lead for lead in leads if not lead.do_not_contact]
    text = f"Not to be contacted: {SuppressionKind(kind).label} on the suppression list"
    Activity.objects.bulk_create(
        Activity(
            workspace_id=lead.workspace_id, lead=lead, kind=ActivityKind.OPT_OUT, text=text, by=by, occurred_at=now
        )
        for lead in fresh
    )
    Lead.objects.filter(pk__in=[lead.pk for lead in fresh]).update(do_not_contact=True, updated_at=now)
    for lead in fresh:
        lead.do_not_contact = True
    return len(fresh)
