"""The ideal customer in words: what is wanted, as facts that people read."""

from __future__ import annotations

from collections.abc import Callable

from leads.criteria import Range
from leads.vocabulary import funding, industries, places, titles
from scoring.ideal import LISTS, RANGES, IdealCustomer

LABELS = {
    "industries": "Industries",
    "places": "Places",
    "employees": "Employees",
    "seniorities": "Seniority",
    "departments": "Departments",
    "titles": "Job titles",
    "technologies": "Technologies",
    "revenue": "Revenue, US dollars a year",
    "keywords": "Words about the company",
    "funding_stages": "Funding stage",
    "founded": "Founded",
}
WORDS: dict[str, Callable[[str], str]] = {
    "industries": industries.label,
    "places": places.label,
    "seniorities": titles.seniority_label,
    "departments": titles.department_label,
    "funding_stages": funding.label,
}


def described(ideal: IdealCustomer) -> list[tuple[str, str]]:
    """(what, which) for everything that is not left open."""
    found = {}
    for key in LISTS:
        found[key] = ", ".join(WORDS.get(key, str)(value) for value in getattr(ideal, key))
    for key in RANGES:
        found[key] = _span(getattr(ideal, key), plain=key == "founded")
    return [(label, found[key]) for key, label in LABELS.items() if found[key]]


def _span(wanted: Range | None, *, plain: bool) -> str:
    if wanted is None:
        return ""
    least, most = (_number(each, plain) for each in (wanted.min, wanted.max))
    return f"{least} to {most}" if least and most else f"{least} or more" if least else f"at most {most}"


def _number(value: int | None, plain: bool) -> str:
    return "" if value is None else str(value) if plain else f"{value:,}"
