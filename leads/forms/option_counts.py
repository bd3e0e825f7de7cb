"""The numbers beside each option of the builder: how many the company database has, the other criteria kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from leads.criteria import Criteria, Range, Terms
from leads.criteria.editing import asking
from leads.criteria.terms import FIELDS
from leads.directory import conditions
from leads.directory.counting import FLAGS, UNKNOWN, flag_numbers, met, numbers
from leads.directory.visibility import visible
from leads.directory.wording import has_samples
from leads.models import DirectoryCompany, DirectoryPerson
from leads.vocabulary import industries, places, sizes
from leads.vocabulary import offered as choices

FLAGGED = Criteria(has_email="nice", has_phone="nice", hiring="nice", new_in_role="nice")
Counts = dict[str, dict[str, str]]
DIMENSIONS = {"industries": "industry", "places": "country", "seniorities": "seniority", "departments": "department"}


def option_counts(criteria: Criteria, *, includes_samples: bool) -> Counts:
    """Field -> option -> count in words. One query, over the roll-up unless it counts what is hidden.

    An option's number is what ticking it alone would find, by industry, country, size, seniority and department;
    words and the workspace's own leads are left to the estimate, which is exact. Where a city or a state is a must, so
    that few rows are left and the roll-up knows nothing of them, the rows themselves are counted.
    """
    offered = _offered()
    hides_samples = not includes_samples and has_samples()
    found = _found(criteria, hides_samples)
    counted = {
        name: {option: f"{_total(name, option, found[name]):,}" for option in options}
        for name, options in offered.items()
    }
    return counted | _flags(found["flags"])


def _flags(found: Mapping[str, int]) -> Counts:
    """Of each flag that is asked as a must; nothing where that is not known."""
    numbers = dict.fromkeys((*FLAGS, UNKNOWN), 0)
    for names, number in found.items():
        numbers |= {name: numbers[name] + number for name in names.split()}
    return {} if numbers[UNKNOWN] else {FIELDS[name]: {"must": f"{numbers[name]:,}"} for name in FLAGS}


def _offered() -> dict[str, list[str]]:
    offered = {
        "industries": choices.industry_choices(),
        "places": choices.place_choices(),
        "seniorities": choices.seniorities(),
        "departments": choices.department_choices(),
    }
    return {name: [code for code, _label in options] for name, options in offered.items()}


def _found(criteria: Criteria, hides_samples: bool) -> Mapping[str, Mapping[str, int]]:
    """By field the leads of each value."""
    parts = [
        rows.annotate(field=Value(name)) for name in DIMENSIONS for rows in _counted(criteria, name, hides_samples)
    ]
    parts += [rows.annotate(field=Value("flags")) for rows in _flagged(criteria, hides_samples)]
    found: dict[str, dict[str, int]] = {name: defaultdict(int) for name in (*DIMENSIONS, "flags")}
    for value, number, name in parts[0].union(*parts[1:], all=True):
        found[name][value] += number
    return found


def _counted(criteria: Criteria, counted: str, hides_samples: bool) -> list[QuerySet[Any, Any]]:
    """(value, number) of one field; a value may come twice, with people and with companies."""
    others = asking(criteria, counted, Terms())
    is_local = _is_local(others)
    return (_by_row if is_local else _by_dimension)(others if is_local else criteria, counted, hides_samples)


def _flagged(criteria: Criteria, hides_samples: bool) -> list[QuerySet[Any, Any]]:
    """(flags, number) under all criteria but the flags themselves."""
    asked = replace(criteria, has_email=None, has_phone=None, hiring=None, new_in_role=None)
    if not _is_local(asked):
        return flag_numbers(_others(asked, ""), people_only=criteria.person_required, hides_samples=hides_samples)
    people = visible(DirectoryPerson.objects.filter(conditions.of_people(asked)), not hides_samples)
    alone = DirectoryCompany.objects.filter(conditions.of_companies(asked), has_people=False)
    return [
        met(people, conditions.nices_of_people(FLAGGED)),
        met(visible(alone, not hides_samples), conditions.nices_of_companies(FLAGGED)),
    ]


def _is_local(criteria: Criteria) -> bool:
    """Whether a city or a state is a must."""
    return criteria.places.level == "must" and any(_is_part(term) for term in criteria.places.values)


def _is_part(term: str) -> bool:
    return term.startswith(("city:", "state:"))


def _by_row(others: Criteria, counted: str, hides_samples: bool) -> list[QuerySet[Any, Any]]:
    """Leads by the value of one dimension, counted one by one under all the other criteria."""
    of_person = counted in ("seniorities", "departments")
    column = DIMENSIONS[counted]
    path = column if of_person else f"company__{column}"
    people = visible(DirectoryPerson.objects.filter(conditions.of_people(others)), not hides_samples)
    found: list[QuerySet[Any, Any]] = [people.order_by().values_list(path).annotate(number=Count("pk"))]
    if not of_person:
        alone = DirectoryCompany.objects.filter(conditions.of_companies(others), has_people=False)
        companies = visible(alone, not hides_samples)
        found.append(companies.order_by().values_list(column).annotate(number=Count("pk")))
    return found


def _by_dimension(criteria: Criteria, counted: str, hides_samples: bool) -> list[QuerySet[Any, Any]]:
    """Leads by the value of one dimension, narrowed by the musts on all others."""
    others, column = _others(criteria, counted), DIMENSIONS[counted]
    return [numbers(column, others, people_only=criteria.person_required, hides_samples=hides_samples)]


def _others(criteria: Criteria, counted: str) -> Q:
    condition = _size(criteria.employees)
    for name, column in DIMENSIONS.items():
        if name != counted:
            condition &= _terms(name, column, getattr(criteria, name))
    return condition


def _terms(name: str, column: str, asked: Terms) -> Q:
    condition = Q()
    if asked.values and asked.level == "must":
        condition &= Q(**{f"{column}__in": _values(name, asked.values)})
    whole = [term for term in asked.excluded if not _is_part(term)]
    return condition & ~Q(**{f"{column}__in": _values(name, whole)}) if whole else condition


def _size(asked: Range) -> Q:
    """The bands that reach into the range."""
    if not asked or asked.level != "must":
        return Q()
    low, high = asked.min or 0, asked.max
    reached = [
        band.code
        for band in sizes.BANDS
        if (band.high is None or band.high >= low) and (high is None or band.low <= high)
    ]
    return Q(size_band__in=reached)


def _values(name: str, terms: Iterable[str]) -> list[str]:
    """The values of the roll-up's column that the terms stand for."""
    widened = {"industries": industries.descendants, "places": places.expand}.get(name)
    return sorted(frozenset().union(*(widened(term) for term in terms))) if widened else sorted(terms)


def _total(name: str, option: str, found: Mapping[str, int]) -> int:
    return sum(found.get(value, 0) for value in _values(name, [option]))
