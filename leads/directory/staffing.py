"""Whom the directory knows at a company of a workspace beyond the leads it has: counted by role, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from leads.criteria import Criteria
from leads.directory.searching import people
from leads.models import Company, CompanyIdentity
from leads.sources.base import SearchRequest

MOST_ROLES = 500


@dataclass(frozen=True, slots=True)
class Role:
    """`number` people with this title at the company."""

    title: str
    seniority: str
    department: str
    number: int


def further_people(company: Company, *, now: datetime) -> list[Role]:
    """The people at the company that a run could still deliver to its workspace, by title. Two queries."""
    held = CompanyIdentity.objects.of(company.workspace_id).filter(company=company)
    keys = list(held.values_list("value", flat=True))
    request = SearchRequest(
        criteria=Criteria(),
        workspace_id=company.workspace_id,
        new_only=True,
        includes_samples=company.workspace.is_sample,
        now=now,
    )
    found = people(request).filter(company__company_key__in=keys).order_by("title", "seniority", "department")
    roles = found.values_list("title", "seniority", "department").annotate(number=Count("pk"))
    return [Role(*role) for role in roles[:MOST_ROLES]]
