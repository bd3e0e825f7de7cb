"""A source's facts about a lead that exists already: kept as evidence, and used where they are better than what stands.

Better means: higher authority (a person's edit, the customer's file, a provider, a guess), then confidence, then age
(product.md, "Evidence"). So the lead is the same whichever source answered first. Fields that only make sense together
are taken together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leads.identity import linkedin_slug, name_sort_key
from leads.intake import Contact, authority, checked, evidence
from leads.models import Activity, ActivityKind, Evidence, FieldChange, Lane, Lead
from leads.prospecting import Prospect
from leads.sources import registry
from leads.vocabulary import titles

# The evidence that speaks for a group of a lead's columns -> the evidence fields that go with it.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("full_name", "first_name", "last_name"),
    "title": ("title",),
    "email": ("email",),
    "phone": ("phone",),
    "linkedin_url": ("linkedin_url",),
    "country": ("country", "region", "city"),
}
FIELDS = [name for names in GROUPS.values() for name in names]
COLUMNS = (
    "full_name first_name last_name name_key title seniority department email email_status email_reason email_flags "
    "email_checked_at phone phone_type phone_valid linkedin_slug country region city updated_at"
).split()
SHOWN = ("full_name", "title", "email", "phone", "linkedin_slug", "country", "city")

Rank = tuple[int, float, datetime]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class More:
    """What a source says of a lead that exists; `is_delivery` when the lead is delivered again with it."""

    lead_id: UUID
    prospect: Prospect
    contact: Contact
    is_delivery: bool = False


@dataclass(slots=True)
class _Standing:
    """A lead, and by group the rank and the rows of the evidence that it uses now."""

    lead: Lead
    ranks: dict[str, Rank] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    added: list[Evidence] = field(default_factory=list)


def save(lane: Lane, more: Sequence[More], *, now: datetime) -> list[UUID]:
    """Keep the evidence and let the better one win; answers the leads that changed. A fixed number of queries."""
    if not more:
        return []
    standing = _standing(lane.workspace_id, {each.lead_id for each in more})
    changes, rows, replaced = [], [], []
    for each in more:
        old = standing[each.lead_id]
        won = {group: values for group, values in offered(each, now).items() if _wins(group, values, old, each, now)}
        changes += list(_changes(lane, old.lead, won, now))
        replaced += [row for group in won for row in old.rows.get(group, ())]
        rows += _evidence(lane, each, won, old, now)
        _use(old, won, each, now)
    Evidence.objects.filter(pk__in=replaced).update(is_current=False)
    changed = {change.lead_id for change in changes}
    Lead.objects.bulk_update([standing[lead_id].lead for lead_id in changed], COLUMNS)
    copy_in(rows)
    copy_in(changes)
    copy_in([_activity(lane, lead_id, now) for lead_id in {each.lead_id for each in more if not each.is_delivery}])
    return sorted(changed)


def _standing(workspace_id: int, lead_ids: set[UUID]) -> dict[UUID, _Standing]:
    leads = Lead.objects.of(workspace_id).in_bulk(lead_ids)
    found = {lead_id: _Standing(lead) for lead_id, lead in leads.items()}
    group_of = {name: group for group, names in GROUPS.items() for name in names}
    current = Evidence.objects.filter(lead__in=lead_ids, is_current=True, field__in=FIELDS).order_by("pk")
    for row in current:
        old, group = found[row.lead_id], group_of[row.field]
        rank = (row.authority, row.confidence, row.observed_at)
        old.ranks[group] = max(old.ranks.get(group, rank), rank)
        old.rows.setdefault(group, []).append(row.pk)
    return found


def offered(each: More, now: datetime) -> dict[str, Values]:
    """By group the columns that this source could set; an address comes with its verdict, a title with what it means."""
    person, contact = each.prospect.candidate, checked(each.contact, now)
    parsed = titles.parse(person.title)
    names = {"first_name": person.first_name[:100], "last_name": person.last_name[:100]}
    groups: dict[str, Values] = {
        "full_name": {"full_name": person.name[:200], **names, "name_key": name_sort_key(person.name)[:320]},
        "title": {"title": person.title[:200], "seniority": parsed.seniority, "department": parsed.department},
        "email": {name: contact[name] for name in contact if name.startswith("email")},
        "phone": {name: contact[name] for name in contact if name.startswith("phone")},
        "linkedin_url": {"linkedin_slug": linkedin_slug(person.linkedin_url)[:120]},
        "country": {"country": person.country, "region": person.region[:120], "city": person.city[:120]},
    }
    return {group: values for group, values in groups.items() if next(iter(values.values()))}


def _wins(group: str, values: Values, old: _Standing, each: More, now: datetime) -> bool:
    """Whether the offered values differ and rank above what stands; what stands without evidence was set by a person."""
    main = next(iter(values))
    if values[main] == getattr(old.lead, main):
        return False
    if not getattr(old.lead, main):
        return True
    rank = _rank(group, each, now)
    return group in old.ranks and rank is not None and rank > old.ranks[group]


def _rank(group: str, each: More, now: datetime) -> Rank | None:
    seen = next(iter(each.prospect.provenance.get(group, ())), None)
    return (authority(seen), seen.confidence, seen.observed_at or now) if seen else None


def _use(old: _Standing, won: Mapping[str, Values], each: More, now: datetime) -> None:
    for group, values in won.items():
        for name, value in values.items():
            setattr(old.lead, name, value)
        if rank := _rank(group, each, now):
            old.ranks[group] = rank
        old.rows[group] = []
    if won:
        old.lead.updated_at = now


def _changes(lane: Lane, lead: Lead, won: Mapping[str, Values], now: datetime) -> Iterator[FieldChange]:
    """Called before the lead is changed, so that what stood there is known."""
    for values in won.values():
        for name in (name for name in values if name in SHOWN and values[name] != getattr(lead, name)):
            yield FieldChange(
                workspace_id=lane.workspace_id,
                lead_id=lead.pk,
                field=name,
                before=str(getattr(lead, name)),
                after=str(values[name]),
                source=lane.source,
                changed_at=now,
            )


def _evidence(lane: Lane, each: More, won: Mapping[str, Values], old: _Standing, now: datetime) -> list[Evidence]:
    used = {name for group in won for name in GROUPS[group]}
    for row in old.added:
        row.is_current = row.is_current and row.field not in used
    rows = list(evidence(lane.workspace_id, each.lead_id, each.prospect, now=now))
    for row in rows:
        row.is_current = row.is_current and row.field in used
    old.added += rows
    return rows


def _activity(lane: Lane, lead_id: UUID, now: datetime) -> Activity:
    return Activity(
        workspace_id=lane.workspace_id,
        lead_id=lead_id,
        kind=ActivityKind.MERGED,
        text=f"{registry.title(lane.source)} knows this lead too; its evidence was added free of charge",
        run_id=lane.run_id,
        occurred_at=now,
    )
