"""The list of companies, the page of one, its mark, and a search for more of its people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import member_required
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo
from leadengine.workflows.relations import mark_company
from leads import company_listing
from leads.company_conflicts import company_conflicts
from leads.company_filter import CompanyFilter
from leads.company_page import company_page, is_sample, technologies_by_category
from leads.forms.company import RelationForm
from leads.models import Company, Relation
from leads.views.telling import told
from leads.vocabulary import technologies, titles
from leads.word_lists import join

MARKED = "{} is marked {}: no run delivers its people."
UNMARKED = "{} is not marked any more: runs may deliver its people."


@member_required
@require_safe
def company_list(request: Request) -> HttpResponse:
    filtered = CompanyFilter(request.GET, queryset=Company.objects.of(request.workspace), request=request)
    wanted = request.GET.get("sort", "")
    sort = wanted if wanted in company_listing.SORTS else company_listing.SORTS[0]
    page = company_listing.page(filtered.qs, sort, request.GET.get("page"))
    context = {
        "filter": filtered,
        "sort": sort,
        "page": page,
        "rows": company_listing.rows(request.workspace, list(page)),
        "has_companies": page.paginator.count or Company.objects.of(request.workspace).exists(),
        "technologies": [name for names in technologies.CATEGORIES.values() for name in names],
    }
    template = "leads/_company_results.html" if wants_region(request) else "leads/company_list.html"
    return render(request, template, context, status=200 if filtered.is_valid() else 422)


@member_required
@require_safe
def company_detail(request: Request, pk: UUID) -> HttpResponse:
    company = find_company(request, pk)
    context = _head(company)
    if wants_region(request):
        return render(request, "leads/_company_head.html", context)
    context |= {"found": company_page(company), "technologies": technologies_by_category(company)}
    context["conflicts"] = company_conflicts(company)
    return render(request, "leads/company_detail.html", context)


@member_required
@require_POST
def company_relation(request: Request, pk: UUID) -> HttpResponse:
    company = find_company(request, pk)
    form = RelationForm(request.POST)
    if "relation" not in request.POST or not form.is_valid():
        context = _head(company) | {"refused": "Choose customer, competitor or neither."}
        template = "leads/_company_head.html" if wants_region(request) else "leads/company_relation.html"
        return render(request, template, context, status=422)
    relation = form.cleaned_data["relation"]
    before = mark_company(company, relation, by=request.user, now=timezone.now())
    text = MARKED if relation else UNMARKED
    text = text.format(company.name, company.get_relation_display().lower())
    undo = Undo(request.path, {"relation": before.value}) if before != relation else None
    return told(request, text, url=reverse("leads:company-detail", args=[pk]), undo=undo)


@member_required
@require_safe
def company_search(request: Request, pk: UUID) -> HttpResponse:
    """To the builder, filled in for the company's further people; `seniorities` and `departments` narrow them."""
    company = find_company(request, pk)
    asked = [("keywords", join([company.name])), ("keywords_level", "must")]
    known = {"seniorities": titles.SENIORITIES, "departments": titles.DEPARTMENTS}
    for name, codes in known.items():
        wanted = [(name, code) for code in request.GET.getlist(name) if code in codes]
        asked += [*wanted, (f"{name}_level", "must")] if wanted else []
    return HttpResponseRedirect(f"{reverse('leads:search-new')}?{urlencode(asked)}")


def _head(company: Company) -> dict[str, Any]:
    return {"company": company, "relations": Relation, "is_sample": is_sample(company)}


def find_company(request: Request, pk: UUID) -> Company:
    return get_object_or_404(Company.objects.of(request.workspace), pk=pk)
