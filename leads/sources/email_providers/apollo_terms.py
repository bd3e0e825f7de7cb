"""Our criteria in Apollo's words: the parameters of a search for people. Pure."""

from __future__ import annotations

import re

from leads.criteria import Criteria
from leads.sources import wanting
from leads.vocabulary import places

SENIORITIES = {
    "entry": ("entry", "intern"),
    "senior": ("senior",),
    "manager": ("manager",),
    "director": ("director", "head"),
    "vp": ("vp",),
    "partner": ("partner",),
    "c_level": ("c_suite",),
    "owner": ("owner",),
    "founder": ("founder",),
}
WITH_EMAIL = ("verified", "unverified", "likely to engage")
BLANKS = re.compile(r"[ .]+")  # in the name of a technology
MOST_EMPLOYEES = 10_000_000


def people(criteria: Criteria) -> list[tuple[str, str]]:
    """What must hold of people, as far as Apollo can tell.

    >>> people(Criteria.from_json({"places": ["GB"], "employees": {"min": 11, "max": 50}}))
    [('person_locations[]', 'United Kingdom'), ('organization_num_employees_ranges[]', '11,50')]
    """
    pairs = [("person_titles[]", each) for each in wanting.values(criteria, "titles")]
    pairs += [("person_seniorities[]", each) for each in _seniorities(criteria)]
    pairs += [("person_locations[]", each) for each in _places(criteria)]
    size = wanting.span(criteria, "employees")
    if size:
        edges = f"{size.min or 1},{size.max or MOST_EMPLOYEES}"
        pairs.append(("organization_num_employees_ranges[]", edges))
    pairs += _of_company(criteria)
    if criteria.has_email == "must":
        pairs += [("contact_email_status[]", each) for each in WITH_EMAIL]
    return pairs


def asked(criteria: Criteria) -> list[str]:
    """The criteria that its question holds whole, of which a record may tell nothing. An address must be seen to count.

    >>> asked(Criteria.from_json({"places": ["GB"], "hiring": "must", "email": "must"}))
    ['places', 'hiring']
    """
    at = wanting.values(criteria, "places")
    is_whole = wanting.cities(criteria) or all(":" not in each or each.startswith("region:") for each in at)
    found = {"places": bool(at and is_whole), "hiring": criteria.hiring == "must"}
    found |= {name: bool(wanting.span(criteria, name)) for name in ("employees", "revenue")}
    found["technologies"] = bool(wanting.values(criteria, "technologies"))
    return [name for name, is_asked in found.items() if is_asked]


def _of_company(criteria: Criteria) -> list[tuple[str, str]]:
    """Its revenue, what it uses, and whether it looks for anybody."""
    revenue = wanting.span(criteria, "revenue")
    edges = (("min", revenue.min), ("max", revenue.max))
    pairs = [(f"revenue_range[{edge}]", str(value)) for edge, value in edges if value is not None]
    used = [BLANKS.sub("_", each.lower()) for each in wanting.values(criteria, "technologies")]
    pairs += [("currently_using_any_of_technology_uids[]", each) for each in used]
    return pairs + ([("organization_num_jobs_range[min]", "1")] if criteria.hiring == "must" else [])


def _seniorities(criteria: Criteria) -> list[str]:
    """Only where each has a word: otherwise the question would be too narrow."""
    asked = wanting.values(criteria, "seniorities")
    known = all(each in SENIORITIES for each in asked)
    return [word for each in asked for word in SENIORITIES[each]] if known else []


def _places(criteria: Criteria) -> list[str]:
    """Cities where nothing wider is asked for, else countries."""
    cities = wanting.cities(criteria)
    return list(cities) or sorted(places.label(code) for code in wanting.countries(criteria))
