"""Looks a batch up among the workspace's own leads: exact identities first, then likely matches, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from leads.candidate import Candidate, CompanyFacts
from leads.matching import MatchResult, compare
from leads.models import Delivery, Lead, LeadIdentity
from leads.prospecting import Prospect

MOST_SAID = 3  # lines that a person reads
CANDIDATES_PER_KEY = 15  # measured: a cap of 10 to 15 costs nothing in F1 (docs/architecture.md, matching)

NEAR = """
SELECT wanted.key, near.lead_id
FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (
    SELECT lead_id FROM leads_matchkey WHERE workspace_id = %s AND key = wanted.key LIMIT %s
) AS near
"""

EXACT = """
SELECT known.kind, known.value, known.lead_id
FROM unnest(%s::text[], %s::text[]) AS wanted(kind, value)
JOIN leads_leadidentity AS known
  ON known.workspace_id = %s AND known.kind = wanted.kind AND known.value = wanted.value
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A lead that the workspace has, and how a prospect was recognised as it; `bits` is None for an exact identity."""

    lead_id: UUID
    how: str
    bits: float | None = None


def find(workspace_id: int, prospects: Sequence[Prospect]) -> dict[int, Known]:
    """Position of each prospect that is known to the lead it is. Four queries at most, whatever the number."""
    found = _exact(workspace_id, prospects)
    rest = [index for index in range(len(prospects)) if index not in found]
    return found | _near(workspace_id, prospects, rest)


def locked(lead_ids: Iterable[UUID]) -> dict[UUID, Lead]:
    """The leads with their companies, locked in the order of their keys until the transaction ends."""
    rows = Lead.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(lead_ids)).order_by("pk")
    return {lead.pk: lead for lead in rows.select_related("company")}


def last_deliveries(lead_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each lead was last delivered; leads that never were are absent."""
    deliveries = Delivery.objects.filter(lead__in=list(lead_ids)).order_by().values_list("lead_id")
    return dict(deliveries.annotate(last=Max("delivered_at")))


def delivered_by(run_id: UUID, lead_ids: Iterable[UUID]) -> set[UUID]:
    """Which of the leads this run delivered, however long ago and whoever delivered them since."""
    rows = Delivery.objects.filter(run=run_id, lead__in=list(lead_ids))
    return set(rows.values_list("lead_id", flat=True))


def _exact(workspace_id: int, prospects: Sequence[Prospect]) -> dict[int, Known]:
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, prospect in enumerate(prospects):
        for identity in prospect.identities:
            owners[identity.kind, identity.value].append(index)
    kinds, values = [kind for kind, _ in owners], [value for _, value in owners]
    found: dict[int, Known] = {}
    for kind, value, lead_id in _rows(EXACT, [kinds, values, workspace_id]):
        for index in owners[kind, value]:
            found.setdefault(index, Known(lead_id, f"same {LABELS.get(kind, kind)}"))
    return found


LABELS = {
    "email": "e-mail address",
    "linkedin": "LinkedIn profile",
    "record": "record of the source",
    "company": "company",
}


def _near(workspace_id: int, prospects: Sequence[Prospect], rest: Sequence[int]) -> dict[int, Known]:
    owners: dict[int, list[int]] = defaultdict(list)
    for index in rest:
        for key in prospects[index].keys:
            owners[key].append(index)
    pairs = {
        (index, lead_id)
        for key, lead_id in _rows(NEAR, [list(owners), workspace_id, CANDIDATES_PER_KEY])
        for index in owners[key]
    }
    return best(prospects, pairs)


def best(prospects: Sequence[Prospect], pairs: set[tuple[int, UUID]]) -> dict[int, Known]:
    """Of the pairs (position, lead) the likeliest lead of each position, where one is the same person. One query."""
    leads = as_candidates({lead_id for _, lead_id in pairs})
    likeliest: dict[int, Known] = {}
    for index, lead_id in sorted(pairs):
        result = compare(prospects[index].candidate, leads[lead_id])
        before = likeliest.get(index)
        if result.outcome == "same" and (before is None or result.bits > (before.bits or 0)):
            likeliest[index] = Known(lead_id, _how(result), result.bits)
    return likeliest


def _how(result: MatchResult) -> str:
    """What spoke most for it: "same e-mail address, same company (acme.example)"."""
    said = [line.text for line in result.lines if line.bits > 0][:MOST_SAID]
    return ", ".join(said) or "same person"


def as_candidates(lead_ids: Iterable[UUID]) -> dict[UUID, Candidate]:
    """Leads as the matcher compares them. One query for all."""
    leads = Lead.objects.filter(pk__in=list(lead_ids)).select_related("company")
    return {lead.pk: as_candidate(lead) for lead in leads}


def as_candidate(lead: Lead) -> Candidate:
    company = lead.company
    return Candidate(
        source="known",
        record_id=str(lead.pk),
        full_name=lead.full_name,
        first_name=lead.first_name,
        last_name=lead.last_name,
        title=lead.title,
        email=lead.email,
        phone=lead.phone,
        linkedin_url=f"https://www.linkedin.com/in/{lead.linkedin_slug}" if lead.linkedin_slug else "",
        country=lead.country,
        region=lead.region,
        city=lead.city,
        company=CompanyFacts(
            name=company.name, domain=company.domain, country=company.country, city=company.city, phone=company.phone
        )
        if company
        else CompanyFacts(),
    )


def identities_of(lead_ids: Iterable[UUID]) -> dict[UUID, list[LeadIdentity]]:
    """The certain keys of each lead. One query."""
    grouped: dict[UUID, list[LeadIdentity]] = defaultdict(list)
    for identity in LeadIdentity.objects.filter(lead__in=list(lead_ids)).order_by("kind", "value"):
        grouped[identity.lead_id].append(identity)
    return grouped


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    if not parameters[0]:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
