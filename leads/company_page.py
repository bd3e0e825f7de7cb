"""The read model of a company's page: who is known there, what was said of it by whom, what happened, who is near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from leads.bounces import with_bounces
from leads.models import Activity, ActivityKind, Company, CompanyChoice, Evidence, Lead, Signal
from leads.vocabulary import technologies

MOST_PEOPLE, MOST_SIGNALS, MOST_EVENTS, MOST_EVIDENCE, MOST_NEAR = 25, 50, 30, 100, 6
COMPANY_FIELDS = "company."
LEAST_LABEL = 4  # a shorter first part of a domain ("abc.com", "abc.de") says little about who owns it
INITIALS = ("ai", "crm", "erp", "hr")
QUIET = (ActivityKind.DELIVERED, ActivityKind.IMPORTED, ActivityKind.MERGED, ActivityKind.OWNER)


@dataclass(frozen=True, slots=True)
class Near:
    """Another company and why it is shown."""

    company: Company
    why: str


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """Everything on the page but coverage; lists are cut at MOST_..., `people_count` is exact."""

    people: tuple[Lead, ...]
    people_count: int
    signals: tuple[Signal, ...]
    events: tuple[Activity | CompanyChoice, ...]
    evidence: tuple[Evidence, ...]
    near: tuple[Near, ...]


def company_page(company: Company) -> CompanyPage:
    """The page, in eight queries."""
    living = Lead.objects.of(company.workspace_id).living().filter(company=company)
    people = (
        with_bounces(living)
        .select_related("score", "stage", "owner")
        .order_by(F("score__total").desc(nulls_last=True), "name_key", "pk")
    )
    shown = tuple(people[:MOST_PEOPLE])
    count = living.count() if len(shown) == MOST_PEOPLE else len(shown)
    return CompanyPage(shown, count, signals(company), events(company), evidence(company), near(company))


def is_sample(company: Company) -> bool:
    """Whether one of its people is invented, and so is the company."""
    return Lead.objects.of(company.workspace_id).filter(company=company, is_sample=True).exists()


def signals(company: Company) -> tuple[Signal, ...]:
    rows = Signal.objects.of(company.workspace_id).filter(company=company).select_related("lead")
    return tuple(rows.order_by("-observed_on", "-pk")[:MOST_SIGNALS])


def events(company: Company) -> tuple[Activity | CompanyChoice, ...]:
    """What people did with its leads and decided about it, the newest first.

    Deliveries and owners are left out, which are no news here.
    """
    rows = Activity.objects.of(company.workspace_id).filter(lead__company=company, lead__erased_at__isnull=True)
    done = rows.exclude(kind__in=QUIET).select_related("lead", "by").order_by("-occurred_at", "-pk")[:MOST_EVENTS]
    choices = CompanyChoice.objects.of(company.workspace_id).filter(company=company).select_related("by")
    chosen = choices.order_by("-occurred_at", "-pk")[:MOST_EVENTS]
    found: list[Activity | CompanyChoice] = [*done, *chosen]
    return tuple(sorted(found, key=lambda each: each.occurred_at, reverse=True)[:MOST_EVENTS])


def evidence(company: Company) -> tuple[Evidence, ...]:
    """What each source said of the company: each value of a field once by each source, as seen last.

    Its facts stand with the leads that brought them; what stands at the company itself only where no lead has it.
    """
    own = Q(lead__company=company, field__startswith=COMPANY_FIELDS) | Q(company=company)
    rows = Evidence.objects.of(company.workspace_id).filter(own)
    last = rows.order_by("field", "-is_current", "value", "source", "-observed_at", "-pk")
    found = last.distinct("field", "is_current", "value", "source")[:MOST_EVIDENCE]
    brought = {_said(row) for row in found if row.lead_id}
    return tuple(row for row in found if row.lead_id or _said(row) not in brought)


def _said(row: Evidence) -> tuple[str, str, str, bool]:
    return row.field.removeprefix(COMPANY_FIELDS), row.value, row.source, row.is_current


def near(company: Company) -> tuple[Near, ...]:
    """Companies under another ending of the same domain, then those of the same industry in the same city."""
    others = Company.objects.of(company.workspace_id).exclude(pk=company.pk).order_by("name_key", "pk")
    found: dict[object, Near] = {}
    label = company.domain.partition(".")[0]
    if len(label) >= LEAST_LABEL:
        for other in others.filter(domain__startswith=f"{label}.")[:MOST_NEAR]:
            found[other.pk] = Near(other, f"{other.domain}: the same name under another ending")
    if company.industry and company.city:
        same = others.filter(industry=company.industry, country=company.country, city=company.city)
        for other in same.exclude(pk__in=list(found))[: MOST_NEAR - len(found)]:
            found[other.pk] = Near(other, f"Same industry, in {company.city} too")
    return tuple(found.values())


def technologies_by_category(company: Company) -> Mapping[str, list[str]]:
    """Its technologies under the names of our categories; those that we do not list come last, under "Other"."""
    found: dict[str, list[str]] = {}
    for name in sorted(company.technologies, key=lambda each: (not technologies.category(each), each.lower())):
        found.setdefault(_title(technologies.category(name)), []).append(name)
    return found


def _title(category: str) -> str:
    """A category's code as people read it: "crm" is CRM, "project_management" Project management."""
    return category.upper() if category in INITIALS else category.replace("_", " ").capitalize() or "Other"
