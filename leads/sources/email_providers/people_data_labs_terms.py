"""Our criteria in the words of People Data Labs: one question for people, in the form of Elasticsearch. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from leads.candidate import CompanyFacts
from leads.criteria import Criteria, Range
from leads.identity import company_name_key
from leads.sources import wanting
from leads.vocabulary import industries, places
from leads.vocabulary.files import read_lines

SENIORITIES = {
    "entry": ("entry", "training", "unpaid"),
    "senior": ("senior",),
    "manager": ("manager",),
    "director": ("director",),
    "vp": ("vp",),
    "partner": ("partner",),
    "c_level": ("cxo",),
    "owner": ("owner",),
    "founder": ("owner", "cxo"),
}
# (roles, sub-roles) by which it knows the positions of a department; for the others it has no word.
DEPARTMENTS = {
    "sales": (("sales",), ("accounts", "business_development", "pipeline")),
    "business_development": ((), ("business_development",)),
    "marketing": (("marketing",), ()),
    "communications": (("public_relations", "media"), ()),
    "customer_success": ((), ("customer_success",)),
    "support": (("customer_service",), ("support",)),
    "product": ((), ("product", "product_marketing", "product_design")),
    "design": (("design",), ()),
    "engineering": (("engineering",), ()),
    "data": ((), ("data",)),
    "it": ((), ("information_technology", "network", "systems", "support", "devops")),
    "security": ((), ("security",)),
    "research": ((), ("researcher",)),
    "finance": (("finance",), ()),
    "legal": (("legal",), ()),
    "hr": (("human_resources",), ()),
    "operations": (("operations",), ()),
    "logistics": ((), ("logistics",)),
    "health": (("health",), ()),
    "education": (("education",), ()),
}
# What is read of a record; nobody's birthday or home address is asked for.
FIELDS = (
    "id,first_name,last_name,linkedin_url,work_email,mobile_phone,job_title,job_last_updated,location_country,"
    "location_region,location_locality,job_company_name,job_company_website,job_company_size,job_company_founded,"
    "job_company_industry,job_company_linkedin_url,job_company_location_country,job_company_location_region,"
    "job_company_location_locality"
)
LONG = {
    "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "chro": "chief human resources officer",
    "cio": "chief information officer",
    "ciso": "chief information security officer",
    "cmo": "chief marketing officer",
    "coo": "chief operating officer",
    "cro": "chief revenue officer",
    "cto": "chief technology officer",
    "svp": "senior vice president",
    "vp": "vice president",
}
REACHED_BY = ("work_email", "mobile_phone")  # whoever has neither is not asked for: each record is paid
MOST_KNOWN = 500  # of those the workspace has already, the last are named


def people(criteria: Criteria, at: CompanyFacts | None = None, known: tuple[str, ...] = ()) -> dict[str, Any]:
    """What must hold of people, at a company, and whom it is not to show again.

    >>> people(Criteria.from_json({"places": ["city:Leeds,GB"], "email": "must"}))["bool"]["must"]
    [{'terms': {'location_locality': ['leeds']}}, {'exists': {'field': 'work_email'}}]
    """
    musts = [_titles(wanting.values(criteria, "titles")), *_where(criteria)]
    musts += [_terms("job_title_levels", _levels(criteria)), _departments(criteria), *_company(criteria, at)]
    asked: dict[str, Any] = {"must": [*filter(None, musts), *_reached(criteria), *(_at(at) if at else ())]}
    return {"bool": asked | ({"must_not": [_terms("id", known[:MOST_KNOWN])]} if known else {})}


def _terms(field: str, values: tuple[str, ...] | list[str]) -> dict[str, Any]:
    return {"terms": {field: list(values)}} if values else {}


def _titles(asked: tuple[str, ...]) -> dict[str, Any]:
    """One of them as it stands, long or short: what is only alike would be paid for, too."""
    phrases = dict.fromkeys(spelling for each in asked for spelling in spellings(each))
    options = [{"match_phrase": {"job_title": each}} for each in phrases]
    return {"bool": {"should": options}} if options else {}


def spellings(title: str) -> tuple[str, ...]:
    """A title in small letters, as it is written, and with its rank spelt out or made short.

    >>> spellings("CTO"), spellings("Vice President Sales"), spellings("Buyer")
    (('cto', 'chief technology officer'), ('vice president sales', 'vp sales'), ('buyer',))
    """
    plain = " ".join(title.lower().split())
    words = plain.split(" ")
    spelt = " ".join(LONG.get(word, word) for word in words)
    short = next((plain.replace(long, word) for word, long in LONG.items() if long in plain), plain)
    return tuple(dict.fromkeys((plain, spelt, short)))


def _where(criteria: Criteria) -> list[dict[str, Any]]:
    """Cities where nothing wider is asked for, else countries."""
    if cities := wanting.cities(criteria):
        return [_terms("location_locality", [each.lower() for each in cities])]
    return [_terms("location_country", sorted(places.label(each).lower() for each in wanting.countries(criteria)))]


def _company(criteria: Criteria, at: CompanyFacts | None) -> list[dict[str, Any]]:
    """What must hold of the employer, as far as nobody has told it of this one already."""
    known = at or CompanyFacts()
    return [
        {} if known.employees_min is not None else _terms("job_company_size", wanting.bands(criteria)),
        {} if known.industry else _terms("job_company_industry", _industries(criteria)),
        {} if known.founded_year else _founded(wanting.span(criteria, "founded")),
    ]


def _founded(asked: Range) -> dict[str, Any]:
    """As texts, which compare alike whether it keeps years as numbers, dates or texts.

    >>> _founded(Range(min=1990, max=2020))
    {'range': {'job_company_founded': {'gte': '1990', 'lt': '2021'}}}
    """
    edges = {"gte": asked.min, "lt": None if asked.max is None else asked.max + 1}
    told = {name: str(year) for name, year in edges.items() if year is not None}
    return {"range": {"job_company_founded": told}} if told else {}


def _departments(criteria: Criteria) -> dict[str, Any]:
    """Only where each has a word: otherwise the question would be too narrow."""
    asked = [DEPARTMENTS.get(each) for each in wanting.values(criteria, "departments")]
    if not asked or not all(asked):
        return {}
    roles, parts = (sorted({word for each in asked if each for word in each[place]}) for place in (0, 1))
    options = [_terms("job_title_role", roles), _terms("job_title_sub_role", parts)]
    return {"bool": {"should": [each for each in options if each]}}


def _levels(criteria: Criteria) -> list[str]:
    found = [word for each in wanting.values(criteria, "seniorities") for word in SENIORITIES[each]]
    return list(dict.fromkeys(found))


def _industries(criteria: Criteria) -> list[str]:
    """Only where each has a word: otherwise the question would be too narrow."""
    asked = [industries.descendants(code) for code in wanting.values(criteria, "industries")]
    words = [[word for word, code in _words().items() if code in codes] for codes in asked]
    return sorted({word for each in words for word in each}) if all(words) else []


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Its words, which are those of LinkedIn's first list, with our codes."""
    words = read_lines("people_data_labs_industries.txt")
    return {word: found.code for word in words if (found := industries.find(word))}


def _reached(criteria: Criteria) -> list[dict[str, Any]]:
    wanted = [REACHED_BY[0]] if criteria.has_email == "must" else []
    wanted += [REACHED_BY[1]] if criteria.has_phone == "must" else []
    either = {"bool": {"should": [_has(each) for each in REACHED_BY]}}
    return [_has(each) for each in wanted] or [either]


def _has(field: str) -> dict[str, Any]:
    return {"exists": {"field": field}}


def _at(company: CompanyFacts) -> list[dict[str, Any]]:
    """By its domain, else by its very name: of a similar one the people would be paid for."""
    if company.domain:
        return [_terms("job_company_website", [company.domain])]
    names = {company.name.lower(), company_name_key(company.name)}
    return [_terms("job_company_name", sorted(names))]
