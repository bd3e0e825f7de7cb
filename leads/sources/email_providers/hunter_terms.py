"""Our criteria in Hunter's words: which companies it discovers, and whose addresses it shows. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from leads.criteria import Criteria
from leads.sources import wanting
from leads.vocabulary import industries

SENIORITIES = {
    "entry": "junior",
    "senior": "senior",
    "manager": "senior",
    "director": "executive",
    "vp": "executive",
    "partner": "executive",
    "c_level": "executive",
    "owner": "executive",
    "founder": "executive",
}
DEPARTMENTS = {
    "executive": "executive",
    "sales": "sales",
    "business_development": "sales",
    "marketing": "marketing",
    "communications": "communication",
    "customer_success": "support",
    "support": "support",
    "design": "design",
    "engineering": "it",
    "data": "it",
    "it": "it",
    "security": "it",
    "finance": "finance",
    "legal": "legal",
    "hr": "hr",
    "operations": "operations",
    "logistics": "operations",
    "education": "education",
    "health": "health",
}

OF_A_POSITION = ("titles", "seniorities", "departments")
OF_COMPANIES = {
    "industry": "industries",
    "headcount": "employees",
    "year_founded": "founded",
    "keywords": "keywords",
    "technology": "technologies",
}


def companies(criteria: Criteria) -> dict[str, Any]:
    """The body of a discovery, without its paging."""
    founded = wanting.span(criteria, "founded")
    years = {edge: year for edge, year in (("min", founded.min), ("max", founded.max)) if year is not None}
    codes = wanting.values(criteria, "industries")
    names = sorted({industries.label(each) for code in codes for each in industries.descendants(code)})
    body: dict[str, Any] = {
        "headquarters_location": _places(criteria),
        "industry": {"include": names} if names else {},
        "headcount": list(wanting.bands(criteria)),
        "year_founded": years,
        "keywords": _any(criteria, "keywords"),
        "technology": _any(criteria, "technologies"),
    }
    return {name: value for name, value in body.items() if value}


def asked_of_companies(criteria: Criteria) -> list[str]:
    """The criteria that a discovery is narrowed by, of which the addresses of a company then tell little or nothing.

    >>> asked_of_companies(Criteria.from_json({"founded": {"min": 1990}, "places": ["GB"]}))
    ['founded']
    """
    body = companies(criteria)
    return [name for theirs, name in OF_COMPANIES.items() if theirs in body]


def people(criteria: Criteria, *, has_phone: bool = False) -> dict[str, str]:
    """The parameters that narrow a domain search; left out where one of the terms has no word at Hunter.

    `has_phone`: a number of the company is known, so that nobody's own is needed. What is not shown is not charged.
    """
    needed = ["position"] if any(wanting.values(criteria, each) for each in OF_A_POSITION) else []
    needed += ["phone_number"] if criteria.has_phone == "must" and not has_phone else []
    found = {"required_field": ",".join(needed)} if needed else {}
    for name, parameter, words in (
        ("seniorities", "seniority", SENIORITIES),
        ("departments", "department", DEPARTMENTS),
    ):
        terms = [words.get(code) for code in wanting.values(criteria, name)]
        if terms and all(terms):
            found[parameter] = ",".join(sorted({term for term in terms if term}))
    return found


def seen_at(day: str, now: datetime) -> datetime:
    """The day on which an address was seen last, now if it says none."""
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return now


def _places(criteria: Criteria) -> dict[str, Any]:
    countries, cities = sorted(wanting.countries(criteria)), list(wanting.cities(criteria))
    include = {name: value for name, value in (("country", countries), ("city", cities)) if value}
    return {"include": include} if include else {}


def _any(criteria: Criteria, name: str) -> dict[str, Any]:
    words = list(wanting.values(criteria, name))
    return {"include": words, "match": "any"} if words and name == "keywords" else {"include": words} if words else {}
