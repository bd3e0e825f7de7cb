"""The read model of the list of companies: a page of them with people, best grade and newest signal, in fixed queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from leads.models import Company, Lead, Signal

LIVING = Q(leads__erased_at__isnull=True)
NAME = (F("name_key").asc(), F("id").asc())
ORDERS: Mapping[str, Any] = {
    "score": Max("leads__score__total", filter=LIVING),
    "leads": Count("leads", filter=LIVING),
    "signal": Max("signals__observed_on"),
}
SORTS = ("score", "leads", "signal", "name")


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company as the list shows it; `best` is its best graded lead, `signals` how many there are."""

    company: Company
    people: int
    best: Lead | None
    newest: Signal | None
    signals: int


def ordered(companies: QuerySet[Company], sort: str) -> QuerySet[Any]:
    """The ids of the companies in the order of SORTS; the name decides between equals."""
    if sort not in ORDERS:
        return companies.order_by(*NAME).values_list("pk", flat=True)
    by = companies.annotate(order=ORDERS[sort]).order_by(F("order").desc(nulls_last=True), *NAME)
    return by.values_list("pk", flat=True)


def rows(workspace: Any, ids: Sequence[UUID]) -> list[CompanyRow]:
    """The rows of these companies, in this order. Five queries."""
    companies = Company.objects.of(workspace).defer("description", "keywords").in_bulk(list(ids))
    people, signals = _counts(Lead.objects.of(workspace).living(), ids), _counts(Signal.objects.of(workspace), ids)
    best, newest = _best(workspace, ids), _newest(workspace, ids)
    return [
        CompanyRow(companies[pk], people.get(pk, 0), best.get(pk), newest.get(pk), signals.get(pk, 0))
        for pk in ids
        if pk in companies
    ]


def _counts(records: QuerySet[Any], ids: Sequence[UUID]) -> dict[UUID, int]:
    found = records.filter(company__in=ids).order_by().values_list("company")
    return dict(found.annotate(number=Count("pk")))


def _best(workspace: Any, ids: Sequence[UUID]) -> dict[UUID, Lead]:
    graded = Lead.objects.of(workspace).living().filter(company__in=ids, score__isnull=False).select_related("score")
    first = graded.order_by("company", "-score__total", "name_key", "pk").distinct("company")
    return {lead.company_id: lead for lead in first if lead.company_id}


def _newest(workspace: Any, ids: Sequence[UUID]) -> dict[UUID, Signal]:
    own = Signal.objects.of(workspace).filter(company__in=ids)
    newest = own.order_by("company", "-observed_on", "-pk").distinct("company")
    return {signal.company_id: signal for signal in newest}
