"""What is said of companies, kept in their records: of each fact the best that any source has told, whoever came first.

Evidence of a company names the origin of what stands in its record, but not the record's address, which may name a person;
what has no evidence was set by a person and stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leads.candidate import CompanyFacts
from leads.identity import domain_key, linkedin_company_slug, name_sort_key
from leads.models import Company, Evidence
from leads.prospecting import Prospect
from leads.ranking import Rank, authority, rank

# Columns that are taken together, under the name of the one that speaks for them.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "domain": ("domain",),
    "country": ("country", "region", "city"),
    "industry": ("industry", "industry_raw"),
    "employees_min": ("employees_min", "employees_max"),
    "revenue_usd": ("revenue_usd",),
    "founded_year": ("founded_year",),
    "funding_stage": ("funding_stage",),
    "description": ("description",),
    "phone": ("phone",),
    "linkedin_slug": ("linkedin_slug",),
}
GROUP_OF = {column: group for group, columns in GROUPS.items() for column in columns}
LISTS = ("technologies", "keywords")  # united
COLUMNS = [*GROUP_OF, *LISTS, "name_key", "updated_at"]


@dataclass(frozen=True, slots=True)
class Fact:
    """The columns of a group as one source gives them, and how good its word is."""

    values: tuple[Any, ...]
    source: str
    authority: int
    confidence: float
    observed_at: datetime

    @property
    def rank(self) -> Rank:
        says_it = is_known(self.values[0])
        return rank(self.authority, self.confidence, self.observed_at, self.source, self.values, is_own=says_it)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is said of one company at a time."""

    facts: Mapping[str, Fact]
    lists: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Record:
    """A company, the origin of what stands there, the rows that say so, and the groups that were told better."""

    company: Company
    facts: dict[str, Fact] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    better: set[str] = field(default_factory=set)
    is_new: bool = False
    is_changed: bool = False
    before: Mapping[str, Any] = field(default_factory=dict)

    def says_more(self, told: Told) -> bool:
        """Whether it says more than that, or something else; its name does not matter."""
        alike = all(
            told.facts[group].values == _values(self.company, group)
            if group in told.facts
            else not any(map(is_known, _values(self.company, group)))
            for group in GROUPS
            if group != "name"
        )
        return not alike or any(sorted(set(told.lists[name])) != getattr(self.company, name) for name in LISTS)


def told_by(prospect: Prospect, *, asked_at: datetime) -> Told:
    """What a prospect says of its company; what it does not date was observed when it was asked."""
    company, facts = prospect.candidate.company, {}
    for group, columns in GROUPS.items():
        values = tuple(_column(company, column) for column in columns)
        origin = next((column for column, value in zip(columns, values, strict=True) if is_known(value)), None)
        seen = next(iter(prospect.provenance.get(f"company.{_attribute(origin)}", ())), None) if origin else None
        if seen:
            word = (seen.source, authority(seen.source), seen.confidence, seen.observed_at or asked_at)
            facts[group] = Fact(values, *word)
    return Told(facts, {name: [_cut(name, each) for each in getattr(company, name)] for name in LISTS})


def told_by_leads(lead_ids: Iterable[UUID]) -> dict[UUID, list[Told]]:
    """What was said of their companies with these leads, by their evidence: one for each source and day."""
    said: dict[UUID, dict[tuple[Any, ...], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    rows = Evidence.objects.filter(lead__in=list(lead_ids), field__startswith="company.").order_by("pk")
    for row in rows:
        word = (row.source, row.authority, row.confidence, row.observed_at)
        if row.lead_id:
            said[row.lead_id][word][row.field.removeprefix("company.")] = row.value
    return {lead_id: [as_told(texts, word) for word, texts in by_word.items()] for lead_id, by_word in said.items()}


def as_told(texts: Mapping[str, str], word: tuple[Any, ...]) -> Told:
    """What one source said at a time, by the columns of its evidence; `word`: source, authority, confidence, time."""
    facts = {}
    for group, columns in GROUPS.items():
        values = tuple(_from_text(column, texts.get(_attribute(column))) for column in columns)
        if any(is_known(value) for value in values):
            facts[group] = Fact(values, *word)
    return Told(facts, {name: texts[name].split(", ") if texts.get(name) else [] for name in LISTS})


def _from_text(column: str, text: str | None) -> Any:
    kept: Any = Company._meta.get_field(column)
    if text is None:
        return kept.get_default()
    return _canonical(column, kept.to_python(text))


def read(companies: Iterable[Company]) -> dict[UUID, Record]:
    """The records of companies with the origins of what stands there."""
    records = {company.pk: Record(company) for company in companies}
    rows = Evidence.objects.filter(company__in=list(records), is_current=True, field__in=GROUP_OF).order_by("pk")
    for row in rows:
        if row.company_id:
            record, group = records[row.company_id], GROUP_OF[row.field]
            record.rows[group] = row.pk
            word = (row.source, row.authority, row.confidence, row.observed_at)
            record.facts[group] = Fact(_values(record.company, group), *word)
    return records


def learn(
    workspace_id: int,
    told: Sequence[tuple[UUID, Told]],
    fresh: set[UUID],
    *,
    now: datetime,
    only_gaps: bool = False,
) -> dict[UUID, Record]:
    """Take what is better than what stands; `fresh` companies are made. Locks the others in the order of their keys.

    Answers the records; `is_changed` tells of those that were there before.
    """
    ids = {company_id for company_id, _ in told}
    old = Company.objects.of(workspace_id).select_for_update(no_key=True).filter(pk__in=ids - fresh).order_by("pk")
    made = [Company(id=each, workspace_id=workspace_id, created_at=now, updated_at=now) for each in sorted(ids & fresh)]
    records = read(old) | {company.pk: Record(company, is_new=True) for company in made}
    for record in records.values():
        record.before = columns_of(record.company)
    for company_id, each in told:
        learn_in_memory(records[company_id], each, now, only_gaps=only_gaps)
    copy_in(made)
    Company.objects.bulk_update([record.company for record in records.values() if record.is_changed], COLUMNS)
    replaced = [record.rows[group] for record in records.values() for group in record.better & record.rows.keys()]
    Evidence.objects.filter(pk__in=replaced).update(is_current=False)
    copy_in([_row(record, group) for record in records.values() for group in sorted(record.better)])
    return records


def group_of(name: str) -> str:
    """The group of a field of evidence, "" for what is in none."""
    return GROUP_OF.get("linkedin_slug" if name == "linkedin_url" else name, "")


def is_known(value: Any) -> bool:
    return value not in ("", None, ())


def learn_in_memory(record: Record, told: Told, now: datetime, *, only_gaps: bool = False) -> None:
    """Take what is better than what stands, or only what nothing stands against, and save nothing."""
    company, before = record.company, columns_of(record.company)
    for group, fact in told.facts.items():
        if _is_better(fact, record, group, only_gaps):
            for column, value in zip(GROUPS[group], fact.values, strict=True):
                setattr(company, column, value)
            record.facts[group] = fact
            record.better.add(group)
    for name, values in told.lists.items():
        setattr(company, name, sorted({*getattr(company, name), *values}))
    company.name = company.name or company.domain
    company.name_key = name_sort_key(company.name)[:300]
    if columns_of(company) != before and not record.is_new:
        record.is_changed, company.updated_at = True, now


def _is_better(fact: Fact, record: Record, group: str, only_gaps: bool) -> bool:
    standing, company = record.facts.get(group), record.company
    if standing and not only_gaps:
        return fact.rank < standing.rank
    is_stopgap = group == "name" and company.name == company.domain
    return is_stopgap or not is_known(getattr(company, group))


def columns_of(company: Company) -> dict[str, Any]:
    """What a record says, by the names of its columns."""
    return {name: getattr(company, name) for name in (*GROUP_OF, *LISTS)}


def _values(company: Company, group: str) -> tuple[Any, ...]:
    return tuple(getattr(company, column) for column in GROUPS[group])


def _row(record: Record, group: str) -> Evidence:
    fact, company = record.facts[group], record.company
    column, value = next(pair for pair in zip(GROUPS[group], fact.values, strict=True) if is_known(pair[1]))
    return Evidence(
        workspace_id=company.workspace_id,
        company_id=company.pk,
        field=column,
        value=str(value),
        source=fact.source,
        confidence=fact.confidence,
        authority=fact.authority,
        observed_at=fact.observed_at,
    )


def _column(facts: CompanyFacts, column: str) -> Any:
    return _canonical(column, getattr(facts, _attribute(column)))


def _canonical(column: str, value: Any) -> Any:
    """A value as it is stored: a registrable domain, the slug of a page, as long as may be."""
    if column == "domain":
        value = domain_key(value) or value
    return _cut(column, linkedin_company_slug(value) if column == "linkedin_slug" else value)


def _attribute(column: str) -> str:
    return "linkedin_url" if column == "linkedin_slug" else column


def _cut(name: str, value: Any) -> Any:
    column: Any = Company._meta.get_field(name)
    length = getattr(column.base_field if name in LISTS else column, "max_length", None)
    return value[:length] if isinstance(value, str) and length else value
