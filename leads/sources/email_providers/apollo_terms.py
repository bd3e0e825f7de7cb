"""Our criteria in Apollo's words: the parameters of a search for people. Pure."""

from __future__ import annotations

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
    if criteria.has_email == "must":
        pairs += [("contact_email_status[]", each) for each in WITH_EMAIL]
    return pairs


def _seniorities(criteria: Criteria) -> list[str]:
    """Only where each has a word: otherwise the question would be too narrow."""
    asked = wanting.values(criteria, "seniorities")
    known = all(each in SENIORITIES for each in asked)
    return [word for each in asked for word in SENIORITIES[each]] if known else []


def _places(criteria: Criteria) -> list[str]:
    """Cities where nothing wider is asked for, else countries."""
    cities = wanting.cities(criteria)
    return list(cities) or sorted(places.label(code) for code in wanting.countries(criteria))
