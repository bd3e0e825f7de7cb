"""One company and one person as a loader hands them over, and the columns that are derived from them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from psycopg.types.json import Jsonb

from leads.candidate import CompanyFacts
from leads.criteria.judging import company_text
from leads.identity import (
    company_domain,
    company_identities,
    company_name_key,
    domain_key,
    email_key,
    is_role_mailbox,
    linkedin_company_slug,
    name_sort_key,
)
from leads.models import DirectoryCompany, DirectoryPerson
from leads.vocabulary import funding, titles

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CompanyRecord:
    """A company of a data set; dates are days, `growth_percent` the head count's change over twelve months."""

    record_id: str
    facts: CompanyFacts
    hiring_on: date | None = None
    hiring_detail: str = ""
    funded_on: date | None = None
    growth_percent: int | None = None
    expansion_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person of a data set in the employment that `company_record_id` names."""

    record_id: str
    company_record_id: str
    observed_at: datetime
    full_name: str = ""
    first_name: str = ""
    last_name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    linkedin_slug: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    new_in_role_on: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Where records go: the model's table and the columns that a load writes, `record_id` first."""

    name: str
    columns: tuple[str, ...]
    lengths: dict[int, int] = field(default_factory=dict)

    def cut(self, row: Row) -> Row:
        """The row with texts no longer than their columns, and without the NUL that PostgreSQL refuses."""
        return tuple(_fitting(value, self.lengths.get(place)) for place, value in enumerate(row))


def company_row(record: CompanyRecord) -> Row:
    """The values of COMPANIES.columns."""
    facts = record.facts
    news = (record.hiring_on, record.hiring_detail, record.funded_on, record.growth_percent, record.expansion_on)
    return COMPANIES.cut((record.record_id, company_key(facts), *_facts(facts), *news, record.url, company_text(facts)))


def _facts(facts: CompanyFacts) -> Row:
    return (
        facts.name,
        name_sort_key(facts.name),
        domain_key(facts.domain),
        facts.country,
        facts.region,
        facts.city,
        facts.industry,
        facts.industry_raw,
        facts.employees_min,
        facts.employees_max,
        facts.revenue_usd,
        facts.founded_year,
        funding.normalise(facts.funding_stage),
        [text[:60] for text in facts.technologies],
        [text[:80] for text in facts.keywords],
        facts.description,
        facts.phone,
        linkedin_company_slug(facts.linkedin_url),
        Jsonb([list(pair) for pair in facts.registry_ids]),
    )


def person_row(record: PersonRecord) -> Row:
    """The values of PEOPLE.columns."""
    role = titles.parse(record.title)
    return PEOPLE.cut(
        (
            record.record_id,
            record.company_record_id,
            record.full_name or f"{record.first_name} {record.last_name}".strip(),
            record.first_name,
            record.last_name,
            record.title,
            name_sort_key(record.title),
            role.seniority,
            role.department,
            record.email,
            "" if is_role_mailbox(record.email) else email_key(record.email),
            record.phone,
            record.linkedin_slug,
            record.country,
            record.region,
            record.city,
            record.new_in_role_on,
            record.observed_at,
            record.url,
        )
    )


def company_key(facts: CompanyFacts) -> str:
    """What makes two listings one company: its own domain, else a registry's number, else name key and country."""
    if domain := company_domain(facts):
        return domain
    found = company_identities(facts)
    return found[0].value if found else f"{company_name_key(facts.name)}|{facts.country.lower()}"


def _fitting(value: Any, length: int | None) -> Any:
    return value.replace("\x00", "")[:length] if isinstance(value, str) else value


def _table(model: type[DirectoryCompany] | type[DirectoryPerson], columns: tuple[str, ...]) -> Table:
    lengths = {}
    for field_ in model._meta.local_concrete_fields:
        if field_.column in columns and not isinstance(field_, ArrayField) and field_.max_length:
            lengths[columns.index(field_.column)] = field_.max_length
    return Table(model._meta.db_table, columns, lengths)


COMPANIES = _table(
    DirectoryCompany,
    (
        "record_id",
        "company_key",
        "name",
        "name_key",
        "domain",
        "country",
        "region",
        "city",
        "industry",
        "industry_raw",
        "employees_min",
        "employees_max",
        "revenue_usd",
        "founded_year",
        "funding_stage",
        "technologies",
        "keywords",
        "description",
        "phone",
        "linkedin_slug",
        "registry_ids",
        "hiring_on",
        "hiring_detail",
        "funded_on",
        "growth_percent",
        "expansion_on",
        "url",
        "search_text",
    ),
)
PEOPLE = _table(
    DirectoryPerson,
    (
        "record_id",
        "company_record_id",
        "full_name",
        "first_name",
        "last_name",
        "title",
        "title_key",
        "seniority",
        "department",
        "email",
        "email_key",
        "phone",
        "linkedin_slug",
        "country",
        "region",
        "city",
        "new_in_role_on",
        "observed_at",
        "url",
    ),
)
