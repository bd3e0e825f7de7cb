"""The read model of a lead's page: where each fact is from, what happened, and who else is known at the company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from leads.models import Activity, Delivery, Evidence, Lead

MOST_EVIDENCE, MOST_EVENTS, MOST_COLLEAGUES = 200, 100, 12


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on the page but the score; lists are cut at MOST_..., the newest first."""

    evidence: tuple[Evidence, ...]
    timeline: tuple[Activity, ...]
    colleagues: tuple[Lead, ...]
    delivery: Delivery | None


def dossier(lead: Lead) -> Dossier:
    """The page's facts, in four queries."""
    return Dossier(evidence(lead), timeline(lead), colleagues(lead), last_delivery(lead))


def evidence(lead: Lead) -> tuple[Evidence, ...]:
    """The person's fields, then the company's; of each the value in use first, then the others by age."""
    rows = Evidence.objects.of(lead.workspace_id).filter(lead=lead).exclude(field="extra")
    is_of_company = ExpressionWrapper(Q(field__startswith="company."), output_field=BooleanField())
    order = (is_of_company, "field", "-is_current", "-observed_at", "pk")
    return tuple(rows.order_by(*order)[:MOST_EVIDENCE])


def timeline(lead: Lead) -> tuple[Activity, ...]:
    rows = Activity.objects.of(lead.workspace_id).filter(lead=lead).select_related("by")
    return tuple(rows.order_by("-occurred_at", "-pk")[:MOST_EVENTS])


def colleagues(lead: Lead) -> tuple[Lead, ...]:
    """Other leads of the same company, the best score first."""
    if lead.company_id is None:
        return ()
    rows = Lead.objects.of(lead.workspace_id).living().filter(company=lead.company_id).exclude(pk=lead.pk)
    return tuple(rows.select_related("score").order_by("-score__total", "name_key", "pk")[:MOST_COLLEAGUES])


def last_delivery(lead: Lead) -> Delivery | None:
    """The delivery that the lead was last paid for, with its run."""
    rows = Delivery.objects.of(lead.workspace_id).filter(lead=lead).select_related("run")
    return rows.order_by("-delivered_at", "-pk").first()
