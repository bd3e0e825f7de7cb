"""A source's facts about a lead that exists already: kept as evidence, and used where they are better than what stands.

Better means: higher authority (a person's edit, the customer's file, a provider, a guess), then confidence, then age
(product.md, "Evidence"). So the lead is the same whichever source answered first. Fields that only make sense together
are taken together. What is said of its company stands in the company's own record (company_facts); here it is evidence,
and decides at which company the person is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leads.agreement import phone_tail
from leads.companies import Found
from leads.company_facts import GROUP_OF
from leads.identity import linkedin_slug, name_sort_key
from leads.intake import Contact, checked, evidence, text
from leads.models import Activity, ActivityKind, Evidence, FieldChange, Lead
from leads.origin import Origin
from leads.prospecting import Prospect
from leads.ranking import Rank, rank_of, rank_of_row
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
COMPANY = "company."
SWITCHBOARD = "company.phone"  # the person's number, where none of their own is known
EMPLOYER = ("company.name", "company.domain")  # the evidence that speaks for where the person works
DERIVED = ("title", "email", "phone")  # what was found out about a value stays as long as the value itself
COLUMNS = (
    "company full_name first_name last_name name_key title seniority department email email_status email_reason "
    "email_flags email_score email_checked_at phone phone_type phone_valid linkedin_slug country region city updated_at"
).split()
SHOWN = ("company_id", "full_name", "title", "email", "phone", "linkedin_slug", "country", "city")

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class More:
    """What a source says of a lead that exists; `is_delivery` when the lead is delivered again with it."""

    lead_id: UUID
    prospect: Prospect
    contact: Contact
    company: Found = field(default_factory=lambda: Found(None))
    is_delivery: bool = False


@dataclass(slots=True)
class _Standing:
    """A lead, and by group the rank and the rows of the evidence that it uses now."""

    lead: Lead
    ranks: dict[str, Rank] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    added: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Offer:
    """By group the columns that a source could set, and how good its word is."""

    values: dict[str, Values]
    ranks: dict[str, Rank]


def save(origin: Origin, more: Sequence[More], *, now: datetime, only_gaps: bool = False) -> list[UUID]:
    """Keep the evidence and let the better one win, or `only_gaps` be filled; answers the leads that changed.

    A fixed number of queries.
    """
    if not more:
        return []
    standing = _standing(origin.workspace_id, {each.lead_id for each in more})
    changes, rows, replaced, changed = [], [], [], set()
    for each in more:
        old, offer = standing[each.lead_id], _offer(each, origin.asked_at, now)
        won = _won_person(offer, old, only_gaps) | _won_company(offer, each.company, old, only_gaps)
        changes += list(_changes(origin, old.lead, won, now))
        replaced += [row for group in won for row in old.rows.get(group, ())]
        rows += _evidence(origin, each, won, old)
        changed |= {each.lead_id} if _use(old, won, offer, now) else set()
    Evidence.objects.filter(pk__in=replaced).update(is_current=False)
    Lead.objects.bulk_update([standing[lead_id].lead for lead_id in sorted(changed)], COLUMNS)
    copy_in(rows)
    copy_in(changes)
    copy_in([_activity(origin, lead_id, now) for lead_id in {each.lead_id for each in more if not each.is_delivery}])
    return sorted(changed)


def _standing(workspace_id: int, lead_ids: set[UUID]) -> dict[UUID, _Standing]:
    leads = Lead.objects.of(workspace_id).in_bulk(lead_ids)
    found = {lead_id: _Standing(lead) for lead_id, lead in leads.items()}
    for row in Evidence.objects.filter(lead__in=lead_ids, is_current=True).order_by("pk"):
        old, group = found[row.lead_id], group_of(row.field)
        old.rows.setdefault(group, []).append(row.pk)
        value = _state(group, vars(old.lead)) if group in GROUPS else row.value
        rank = rank_of_row(row, value, is_own=row.field == group)
        old.ranks[group] = min(old.ranks.get(group, rank), rank)
        if row.field == SWITCHBOARD and phone_tail(row.value) == phone_tail(old.lead.phone):
            stand_in = rank_of_row(row, _state("phone", vars(old.lead)), is_own=False)
            old.ranks["phone"] = min(old.ranks.get("phone", stand_in), stand_in)
    return found


def group_of(name: str) -> str:
    """The group of an evidence field; a company's go together as the columns of its record do."""
    if name.startswith(COMPANY):
        column = name.removeprefix(COMPANY)
        return COMPANY + GROUP_OF.get(column, column)
    return next((group for group, names in GROUPS.items() if name in names), name)


def _state(group: str, columns: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a group's columns, by which two equally good sources are told apart."""
    return tuple(columns[name] for name in (("linkedin_slug",) if group == "linkedin_url" else GROUPS[group]))


def _offer(each: More, asked_at: datetime, now: datetime) -> _Offer:
    """An address comes with its verdict, a title with what it means; a company's number stands in for the person's."""
    values, ranks = offered(each, now), dict[str, Rank]()
    for name, (seen, *_) in each.prospect.provenance.items():
        group = group_of(name)
        if group in values or group.startswith(COMPANY):
            value = _state(group, values[group]) if group in values else text(seen.value)
            rank = rank_of(seen, value, asked_at=asked_at, is_own=name == group)
            ranks[group] = min(ranks.get(group, rank), rank)
    if "phone" in values and "phone" not in ranks:
        seen = each.prospect.provenance[SWITCHBOARD][0]
        ranks["phone"] = rank_of(seen, _state("phone", values["phone"]), asked_at=asked_at, is_own=False)
    return _Offer(values, ranks)


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
    return {group: values for group, values in groups.items() if any(_state(group, values))}


def _won_person(offer: _Offer, old: _Standing, only_gaps: bool) -> dict[str, Values]:
    """The groups in which the source ranks above what stands; what stands without evidence was set by a person."""
    won: dict[str, Values] = {}
    for group, values in offer.values.items():
        rank, stands = offer.ranks.get(group), _state(group, vars(old.lead))
        is_better = group in old.ranks and rank is not None and rank < old.ranks[group]
        if (is_better and not only_gaps) or not any(stands):
            won[group] = {} if group in DERIVED and stands == _state(group, values) else values
    return won


def _won_company(offer: _Offer, found: Found, old: _Standing, only_gaps: bool) -> dict[str, Values]:
    """Where the person works, and which evidence of the company is the best that the lead has."""
    here = old.lead.company_id
    if found.company_id is None:
        return {}
    won: dict[str, Values] = {"company": {"company_id": found.company_id}} if found.company_id != here else {}
    if won and here and not found.outgrows:
        if only_gaps or not _is_newer_employer(offer, old):
            return {}
        won |= {group: {} for group in old.rows if group.startswith(COMPANY)}
    ranks = {group: rank for group, rank in offer.ranks.items() if group.startswith(COMPANY)}
    stronger = {group for group, rank in ranks.items() if group in old.ranks and rank < old.ranks[group]}
    gaps = ranks.keys() - old.ranks.keys()
    return won | {group: {} for group in (gaps if only_gaps else gaps | stronger)}


def _is_newer_employer(offer: _Offer, old: _Standing) -> bool:
    offered = [offer.ranks[group][:-1] for group in EMPLOYER if group in offer.ranks]
    stands = [old.ranks[group][:-1] for group in EMPLOYER if group in old.ranks]
    return bool(offered and stands) and min(offered) < min(stands)


def _use(old: _Standing, won: Mapping[str, Values], offer: _Offer, now: datetime) -> bool:
    """Answers whether the lead is another one now."""
    new = {name: value for values in won.values() for name, value in values.items() if value != getattr(old.lead, name)}
    for name, value in new.items():
        setattr(old.lead, name, value)
    for group in won:
        old.rows[group] = []
        old.ranks.pop(group, None)
        if group in offer.ranks:
            old.ranks[group] = offer.ranks[group]
    if new:
        old.lead.updated_at = now
    return bool(new)


def _changes(origin: Origin, lead: Lead, won: Mapping[str, Values], now: datetime) -> Iterator[FieldChange]:
    """Called before the lead is changed, so that what stood there is known."""
    for values in won.values():
        for name in (name for name in values if name in SHOWN and values[name] != getattr(lead, name)):
            yield FieldChange(
                workspace_id=origin.workspace_id,
                lead_id=lead.pk,
                field=name,
                before=str(getattr(lead, name)),
                after=str(values[name]),
                source=origin.source,
                changed_at=now,
            )


def _evidence(origin: Origin, each: More, won: Mapping[str, Values], old: _Standing) -> list[Evidence]:
    for row in old.added:
        row.is_current = row.is_current and group_of(row.field) not in won
    rows = list(evidence(origin, each.lead_id, each.prospect))
    for row in rows:
        row.is_current = row.is_current and group_of(row.field) in won
    old.added += rows
    return rows


def _activity(origin: Origin, lead_id: UUID, now: datetime) -> Activity:
    return Activity(
        workspace_id=origin.workspace_id,
        lead_id=lead_id,
        kind=ActivityKind.MERGED,
        text=f"{registry.title(origin.source)} knows this lead too; its evidence was added free of charge",
        run_id=origin.run_id,
        occurred_at=now,
    )
