"""The search over names: a page, and the results that the command palette asks for while somebody types."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.pages import pages
from leadengine.regions import wants_region
from leadengine.request import Request
from leads.finding import find as found_by
from leads.finding import last_edit, templates
from leads.models import Company

IN_PALETTE, ON_PAGE = 5, 25


@member_required
@require_safe
def find(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    is_region = wants_region(request)
    found = found_by(text, request.workspace, user=request.user, most=IN_PALETTE if is_region else ON_PAGE)
    companies = [(each, _company_url(each)) for each in found.companies]
    called = pages(text, is_manager=request.membership.is_manager)
    context = {"q": text, "found": found, "companies": companies, "pages": called, "templates": templates(text)}
    context["last_edit"] = last_edit(text, request.workspace, user=request.user)
    return render(request, "leads/_found.html" if is_region else "leads/find.html", context)


def _company_url(company: Company) -> str:
    """The company's page, or its people in the list of leads."""
    try:
        return reverse("leads:company-detail", args=[company.pk])
    except NoReverseMatch:
        return f"{reverse('leads:lead-list')}?{urlencode({'q': company.domain or company.name})}"
