"""Where a search starts from: a sentence, a stock search, a company, a saved search, an earlier run, the ideal customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import CharField, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.http import Http404, QueryDict
from django.utils import timezone

from leadengine.request import Request
from leadengine.workflows.desk import Desk
from leadengine.workflows.estimating import ideal_criteria
from leads.criteria.sentence import understand
from leads.forms import prefill
from leads.forms.builder import MARK
from leads.lookalikes import criteria_like, find_company
from leads.models import Company, Run, SavedSearch
from leads.saved_searches import visible_to
from leads.stock_searches import STOCK

# Sentences to learn from; each is understood to the last word, and has matches in the sample.
EXAMPLES = (
    "Finance decision makers at manufacturers in Europe with 50 to 500 people",
    "Owners of retailers in Europe, must have a phone number",
    "Heads of IT at software companies in Europe, ideally hiring, not agencies",
)
COMPANIES_OFFERED = 50
SAVED_OFFERED = 8
SAVED, COMPANY = "saved", "company"


class Offer(NamedTuple):
    """A saved search or a company to start from."""

    kind: str
    pk: str
    name: str
    place: int


def start_data(request: Request, desk: Desk) -> QueryDict:
    """What the builder is bound to. A start that is not there is a 404; a company that is not found leaves all empty."""
    if MARK in request.GET:
        return request.GET
    for name, start in _STARTS.items():
        if said := request.GET.get(name, "").strip():
            return start(request, said)
    return request.GET or prefill.of_ideal(ideal_criteria(desk))


def starts(request: Request) -> dict[str, Any]:
    """What the page offers to start from, and which company was meant."""
    like = request.GET.get("like", "").strip() if MARK not in request.GET else ""
    offers = _offers(request)
    return {
        "stock": STOCK.values(),
        "examples": EXAMPLES,
        "saved_searches": [each for each in offers if each.kind == SAVED],
        "companies": [each for each in offers if each.kind == COMPANY],
        "like": like,
        "like_company": find_company(request.workspace, like) if like else None,
    }


def _offers(request: Request) -> list[Offer]:
    """The saved searches that were changed last and the first companies by name, in one query."""
    saved = _first(visible_to(request.user, request.workspace), SAVED, SAVED_OFFERED, "-updated_at", "-id")
    companies = _first(Company.objects.of(request.workspace), COMPANY, COMPANIES_OFFERED, "name_key", "id")
    return sorted((Offer(*row) for row in saved.union(companies, all=True)), key=lambda each: each.place)


def _first(rows: QuerySet[Any], kind: str, most: int, *order: str) -> QuerySet[Any, Any]:
    """The first rows in this order, as an Offer has them."""
    place = Window(RowNumber(), order_by=order)
    found = rows.annotate(kind=Value(kind), key=Cast("pk", CharField()), place=place).order_by(*order)
    return found.values_list("kind", "key", "name", "place")[:most]


def described(data: QueryDict) -> QueryDict:
    """The form's data as the sentence in it says; where nothing of that is understood, all is as it was."""
    found = understand(data.get("said", ""), year=timezone.localdate().year)
    if found.parts:
        return prefill.of_sentence(found, data)
    kept = data.copy()
    kept["sentence"] = found.sentence
    return kept


def _from_sentence(request: Request, said: str) -> QueryDict:
    return prefill.of_sentence(understand(said, year=timezone.localdate().year), request.GET)


def _from_saved(request: Request, said: str) -> QueryDict:
    try:
        return prefill.of_saved(visible_to(request.user, request.workspace).get(pk=said))
    except (SavedSearch.DoesNotExist, ValueError) as missing:
        raise Http404("There is no such search in this workspace.") from missing


def _from_run(request: Request, said: str) -> QueryDict:
    try:
        return prefill.of_run(Run.objects.of(request.workspace).get(pk=said))
    except (Run.DoesNotExist, ValueError, ValidationError) as missing:
        raise Http404("There is no such run in this workspace.") from missing


def _from_stock(request: Request, said: str) -> QueryDict:
    if said not in STOCK:
        raise Http404("There is no such template.")
    return prefill.of_criteria(STOCK[said].criteria, request.GET)


def _from_company(request: Request, said: str) -> QueryDict:
    company = find_company(request.workspace, said)
    return prefill.of_criteria(criteria_like(company), QueryDict()) if company else QueryDict()


_STARTS: Mapping[str, Callable[[Request, str], QueryDict]] = {
    "saved": _from_saved,
    "run": _from_run,
    "stock": _from_stock,
    "like": _from_company,
    "sentence": _from_sentence,
}
