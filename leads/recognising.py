"""What the workspace knows of prospects at hand, read in one query: their leads, marked companies, suppressed addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from leads import known
from leads.companies import keys_of
from leads.identity import Identity, company_identities
from leads.known import CANDIDATES_PER_KEY, LABELS, Known
from leads.models import Relation
from leads.prospecting import Prospect
from leads.suppressing import digests

LOOK_UP = """
SELECT 'lead', it.kind, it.value, it.lead_id, ''
FROM unnest(%s::text[], %s::text[]) AS wanted(kind, value)
JOIN leads_leadidentity AS it ON it.workspace_id = %s AND it.kind = wanted.kind AND it.value = wanted.value
UNION ALL
SELECT 'near', '', wanted.key::text, near.lead_id, '' FROM unnest(%s::bigint[]) AS wanted(key)
CROSS JOIN LATERAL (SELECT lead_id FROM leads_matchkey WHERE workspace_id = %s AND key = wanted.key LIMIT %s) AS near
UNION ALL
SELECT 'company', it.kind, it.value, it.company_id, company.relation
FROM unnest(%s::text[], %s::text[]) AS wanted(kind, value)
JOIN leads_companyidentity AS it ON it.workspace_id = %s AND it.kind = wanted.kind AND it.value = wanted.value
JOIN leads_company AS company ON company.id = it.company_id
UNION ALL
SELECT 'suppressed', kind, encode(digest, 'hex'), NULL, '' FROM leads_suppression
WHERE (workspace_id IS NULL OR workspace_id = %s) AND digest = ANY(%s)
"""


@dataclass(slots=True)
class Recognised:
    """By position: the lead that a prospect is, the mark of its company, who is suppressed; `held`: companies we have."""

    known: dict[int, Known] = field(default_factory=dict)
    marked: dict[int, str] = field(default_factory=dict)
    suppressed: set[int] = field(default_factory=set)
    held: dict[Identity, UUID] = field(default_factory=dict)


def recognised(workspace_id: int, prospects: Sequence[Prospect]) -> Recognised:
    """One query, and one more where somebody is likely to be a lead. Nothing is locked."""
    sought = [digests(each.records) for each in prospects]
    rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for what, *row in _rows(workspace_id, prospects, [value for each in sought for _kind, value in each]):
        rows[what].append(tuple(row))
    listed = {(kind, bytes.fromhex(value)) for kind, value, _, _ in rows["suppressed"]}
    relations = {company_id: relation for _, _, company_id, relation in rows["company"]}
    held = {Identity(kind, value): company_id for kind, value, company_id, _ in rows["company"]}
    return Recognised(
        known=_known(prospects, rows),
        marked=_marked(prospects, held, relations),
        suppressed={place for place, each in enumerate(sought) if not each.isdisjoint(listed)},
        held=held,
    )


def _rows(workspace_id: int, prospects: Sequence[Prospect], hashes: list[bytes]) -> list[tuple[Any, ...]]:
    people = list({each for prospect in prospects for each in prospect.identities})
    companies = list({each for prospect in prospects for each in _company_keys(prospect)})
    keys = list({key for prospect in prospects for key in prospect.keys})
    asked: list[Any] = [[each.kind for each in people], [each.value for each in people], workspace_id]
    asked += [keys, workspace_id, CANDIDATES_PER_KEY]
    asked += [[each.kind for each in companies], [each.value for each in companies], workspace_id, workspace_id, hashes]
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, asked)
        return cursor.fetchall()


def _company_keys(prospect: Prospect) -> tuple[Identity, ...]:
    return (*company_identities(prospect.candidate.company), *keys_of(prospect.candidate.company))


def _known(prospects: Sequence[Prospect], rows: dict[str, list[tuple[Any, ...]]]) -> dict[int, Known]:
    exact = {Identity(kind, value): lead_id for kind, value, lead_id, _ in rows["lead"]}
    near: dict[int, set[UUID]] = defaultdict(set)
    for _, key, lead_id, _ in rows["near"]:
        near[int(key)].add(lead_id)
    found: dict[int, Known] = {}
    pairs: set[tuple[int, UUID]] = set()
    for place, each in enumerate(prospects):
        same = next((identity for identity in each.identities if identity in exact), None)
        if same:
            found[place] = Known(exact[same], f"same {LABELS.get(same.kind, same.kind)}")
        else:
            pairs |= {(place, lead_id) for key in each.keys for lead_id in near.get(key, ())}
    return found | (known.best(prospects, pairs) if pairs else {})


def _marked(prospects: Sequence[Prospect], held: dict[Identity, UUID], relations: dict[UUID, str]) -> dict[int, str]:
    marked = {}
    for place, each in enumerate(prospects):
        mine = [held[key] for key in company_identities(each.candidate.company) if key in held]
        if mine and relations[mine[0]] != Relation.NONE:
            marked[place] = Relation(relations[mine[0]]).label
    return marked
