"""Directory rows as the candidates that the engine works on."""

from leads.candidate import SAMPLE, Candidate, CompanyFacts, Signal
from leads.models import Dataset, DirectoryCompany, DirectoryPerson

NAME = "directory"
PERSON_CONFIDENCE = 0.8
COMPANY_CONFIDENCE = 0.7
PROFILE = "https://www.linkedin.com/in/"
COMPANY_PAGE = "https://www.linkedin.com/company/"


def person_candidate(person: DirectoryPerson) -> Candidate:
    """The person with company, signals and origin; expects `company` and `dataset` to be loaded with it."""
    company, dataset = person.company, person.dataset
    return Candidate(
        source=NAME,
        record_id=f"{dataset.name}:{person.record_id}",
        full_name=person.full_name,
        first_name=person.first_name,
        last_name=person.last_name,
        title=person.title,
        email=person.email,
        phone=person.phone,
        linkedin_url=f"{PROFILE}{person.linkedin_slug}" if person.linkedin_slug else "",
        country=person.country,
        region=person.region,
        city=person.city,
        company=facts(company),
        signals=(*_personal_signals(person), *signals(company, dataset)),
        evidence_url=person.url or company.url,
        observed_at=person.observed_at,
        confidence=PERSON_CONFIDENCE,
        extra=_origin(dataset),
    )


def company_candidate(company: DirectoryCompany) -> Candidate:
    """A company whose people the directory does not know; expects `dataset` to be loaded with it."""
    dataset = company.dataset
    return Candidate(
        source=NAME,
        record_id=f"{dataset.name}:{company.record_id}",
        company=facts(company),
        signals=signals(company, dataset),
        evidence_url=company.url,
        observed_at=dataset.observed_at,
        confidence=COMPANY_CONFIDENCE,
        extra=_origin(dataset),
    )


def facts(company: DirectoryCompany) -> CompanyFacts:
    return CompanyFacts(
        name=company.name,
        domain=company.domain,
        country=company.country,
        region=company.region,
        city=company.city,
        industry=company.industry,
        industry_raw=company.industry_raw,
        employees_min=company.employees_min,
        employees_max=company.employees_max,
        revenue_usd=company.revenue_usd,
        founded_year=company.founded_year,
        funding_stage=company.funding_stage,
        technologies=tuple(company.technologies),
        keywords=tuple(company.keywords),
        description=company.description,
        phone=company.phone,
        linkedin_url=f"{COMPANY_PAGE}{company.linkedin_slug}" if company.linkedin_slug else "",
        registry_ids=tuple((kind, value) for kind, value in company.registry_ids),
    )


def signals(company: DirectoryCompany, dataset: Dataset) -> tuple[Signal, ...]:
    """What happened at the company, each with its day; a change of head count has the day of the data set."""
    found = []
    if company.hiring_on:
        found.append(Signal("hiring", company.hiring_on, company.hiring_detail, company.url))
    if company.funded_on:
        found.append(Signal("funding", company.funded_on, company.funding_stage, company.url))
    if company.growth_percent:
        kind = "growth" if company.growth_percent > 0 else "shrinking"
        detail = f"{company.growth_percent:+d} % employees in twelve months"
        found.append(Signal(kind, dataset.observed_at.date(), detail, company.url))
    if company.expansion_on:
        found.append(Signal("expansion", company.expansion_on, "New location", company.url))
    return tuple(found)


def _personal_signals(person: DirectoryPerson) -> tuple[Signal, ...]:
    return (Signal("new_in_role", person.new_in_role_on, person.title, person.url),) if person.new_in_role_on else ()


def _origin(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    return (("dataset", dataset.name), *((SAMPLE,) if dataset.is_sample else ()))
