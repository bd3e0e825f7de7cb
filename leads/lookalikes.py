"""Companies like one that the workspace knows: its industry, size and country as criteria, its technologies nice to have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from leads.criteria import Criteria, Range, Terms
from leads.identity import name_sort_key
from leads.models import Company
from leads.vocabulary import funding, industries, places, sizes, technologies

MOST_TECHNOLOGIES = 8


def find_company(workspace: Any, text: str) -> Company | None:
    """The company of an id or a name; of several the one whose name begins so and is the shortest."""
    companies = Company.objects.of(workspace)
    try:
        return companies.filter(pk=UUID(text)).first()
    except ValueError:
        pass
    key = name_sort_key(text)
    if not key:
        return None
    near = companies.filter(Q(name_key=key) | Q(name_key__startswith=key)).order_by("name_key", "id")
    return near.first() or companies.filter(name__iexact=text.strip()).order_by("id").first()


def criteria_like(company: Company) -> Criteria:
    """What makes another company like this one, as far as it is known; size from half to double.

    Worked example: a software company of 120 people in Austria that uses SAP -> industry Software Development, 60 to 240
    employees and Austria as musts, SAP nice to have.
    """
    industry = industries.find(company.industry)
    stage = funding.normalise(company.funding_stage)
    used = tuple(dict.fromkeys(technologies.canonical(name) for name in company.technologies))[:MOST_TECHNOLOGIES]
    return Criteria(
        industries=Terms((industry.code,)) if industry else Terms(),
        places=Terms((company.country,)) if company.country in places.COUNTRIES else Terms(),
        employees=_about(company.employees_min, company.employees_max),
        technologies=Terms(used, level="nice"),
        funding_stages=Terms((stage,), level="nice") if stage else Terms(),
    )


def _about(low: int | None, high: int | None) -> Range:
    """Half to double of a head count; a band as it is."""
    if low is None and high is None:
        return Range()
    if low != high and high is not None:
        return Range(low, high)
    number = low if low is not None else high or 0
    if high is None and number >= sizes.BANDS[-1].low:
        return Range(number, None)
    return Range(max(number // 2, 1), max(number * 2, 1))
