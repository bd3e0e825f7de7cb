"""Candidates for tests: only what matters is named, everything else is not known."""

from typing import Any

from leads.candidate import Candidate, CompanyFacts

COMPANY_FIELDS = {
    "company": "name",
    "domain": "domain",
    "employees": "employees_min",
    "switchboard": "phone",
    "company_country": "country",
    "company_city": "city",
    "registry_ids": "registry_ids",
    "industry": "industry",
}


def person(name: str, **facts: Any) -> Candidate:
    """A person; `company`, `domain`, `employees`, `switchboard` and `company_...` describe the employer."""
    employer = {COMPANY_FIELDS[key]: facts.pop(key) for key in tuple(facts) if key in COMPANY_FIELDS}
    if slug := facts.pop("slug", ""):
        facts["linkedin_url"] = f"https://www.linkedin.com/in/{slug}"
    facts = {"source": "provider", "record_id": "", **facts}
    return Candidate(full_name=name, company=CompanyFacts(**employer), **facts)


def firm(name: str, **facts: Any) -> Candidate:
    """A company without a person."""
    return Candidate(source="provider", record_id="", company=CompanyFacts(name=name, **facts))
