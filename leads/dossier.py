"""The read models of a lead's page: each tab's part of what is known, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from leads.bounces import with_bounces
from leads.candidate import CONSENT
from leads.company_facts import GROUP_OF, GROUPS
from leads.conflicts import PERSON
from leads.models import Activity, ActivityKind, CallOutcome, Delivery, Evidence, Lead, Signal
from leads.providers.linkedin import PROVIDER

MOST_EVIDENCE, MOST_EVENTS, MOST_COLLEAGUES, MOST_SIGNALS = 200, 100, 50, 100
LATEST = 4


def evidence(lead: Lead) -> tuple[Evidence, ...]:
    """The person's fields, then the company's; of each the value in use first, then the others by age. Two queries."""
    rows = _evidence(lead)
    is_of_company = ExpressionWrapper(Q(field__startswith="company."), output_field=BooleanField())
    order = (is_of_company, "field", "-is_current", "-observed_at", "pk")
    return _as_chosen(lead, rows.order_by(*order)[:MOST_EVIDENCE])


def _as_chosen(lead: Lead, rows: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Where somebody chose between sources for the company, that is in use, whatever this lead's own sources say."""
    if lead.company_id is None:
        return tuple(rows)
    of_company = Evidence.objects.of(lead.workspace_id).filter(company_id=lead.company_id)
    chosen = list(of_company.filter(source=PERSON, is_current=True))
    decided = {f"company.{column}" for each in chosen for column in GROUPS[GROUP_OF[each.field]]}
    for each in chosen:
        each.field = f"company.{each.field}"
    rows = list(rows)
    for row in rows:
        row.is_current = row.is_current and row.field not in decided
    if not chosen:
        return tuple(rows)
    return tuple(
        sorted([*chosen, *rows], key=lambda row: (row.field.startswith("company."), row.field, not row.is_current))
    )


def timeline(lead: Lead, *, most: int = MOST_EVENTS) -> tuple[Activity, ...]:
    """What happened, the newest first."""
    rows = Activity.objects.of(lead.workspace_id).filter(lead=lead).select_related("by")
    return tuple(rows.order_by("-occurred_at", "-pk")[:most])


def colleagues(lead: Lead) -> tuple[Lead, ...]:
    """Other leads of the same company, the best score first."""
    rows = with_bounces(_colleagues(lead)).select_related("score", "stage", "owner")
    return tuple(rows.order_by("-score__total", "name_key", "pk")[:MOST_COLLEAGUES])


def signals(lead: Lead, *, since: date | None = None) -> tuple[Signal, ...]:
    """What speaks for buying now: of the company, and of this person; the newest first."""
    rows = _signals(lead)
    if since:
        rows = rows.filter(observed_on__gte=since)
    return tuple(rows.order_by("-observed_on", "-pk")[:MOST_SIGNALS])


def last_delivery(lead: Lead) -> Delivery | None:
    """The delivery that the lead was last paid for, with its run."""
    rows = Delivery.objects.of(lead.workspace_id).filter(lead=lead).select_related("run")
    return rows.order_by("-delivered_at", "-pk").first()


def consents(lead: Lead) -> tuple[Evidence, ...]:
    """What who came by a form consented to in it, the newest first; of others it stands among the evidence."""
    if lead.source != PROVIDER:
        return ()
    rows = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field=CONSENT)
    return tuple(rows.order_by("-observed_at", "-pk")[:LATEST])


def opt_out(lead: Lead) -> Activity | None:
    """Why nobody may contact this person, where that is known."""
    rows = Activity.objects.of(lead.workspace_id).filter(lead=lead, kind=ActivityKind.OPT_OUT).select_related("by")
    return rows.order_by("-occurred_at", "-pk").first()


def refused_call(lead: Lead) -> Activity | None:
    """The last call in which the person asked not to be called."""
    rows = Activity.objects.of(lead.workspace_id).filter(lead=lead, kind=ActivityKind.CALL)
    return rows.filter(detail__outcome=CallOutcome.REFUSED).order_by("-occurred_at", "-pk").first()


def counts(lead: Lead) -> Mapping[str, int]:
    """How many rows each tab has. One query."""
    rows = {
        "people": _colleagues(lead),
        "signals": _signals(lead),
        "activity": Activity.objects.of(lead.workspace_id).filter(lead=lead),
        "data": _told(lead),
    }
    numbers = {f"{tab}_number": _number(found) for tab, found in rows.items()}
    counted = Lead.objects.of(lead.workspace_id).filter(pk=lead.pk).annotate(**numbers).values(*numbers).get()
    return {tab: counted[f"{tab}_number"] for tab in rows}


def _number(rows: Any) -> Coalesce:
    """How many they are, as a column of a query."""
    grouped = rows.order_by().values("workspace_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _evidence(lead: Lead) -> Any:
    return Evidence.objects.of(lead.workspace_id).filter(lead=lead).exclude(field="extra")


def _told(lead: Lead) -> Any:
    """The evidence without upper ends that are told together with the lower one."""
    same = {name: OuterRef(name) for name in ("lead", "source", "is_current", "observed_at")}
    lower = Evidence.objects.of(lead.workspace_id).filter(field="company.employees_min", **same)
    return _evidence(lead).exclude(Q(field="company.employees_max") & Q(Exists(lower)))


def _colleagues(lead: Lead) -> Any:
    rows = Lead.objects.of(lead.workspace_id).living()
    return rows.filter(company=lead.company_id).exclude(pk=lead.pk) if lead.company_id else rows.none()


def _signals(lead: Lead) -> Any:
    rows = Signal.objects.of(lead.workspace_id)
    own = Q(lead__isnull=True) | Q(lead=lead)
    return rows.filter(own, company=lead.company_id) if lead.company_id else rows.none()
