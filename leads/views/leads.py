"""The list of leads: filtered, sorted and paged by its URL."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.charts import GRADES
from leadengine.request import Request
from leads import listing
from leads.filters import LeadFilter
from leads.models import Lead
from leads.views.regions import wants_region

PAGE = 50


@member_required
@require_safe
def lead_list(request: Request) -> HttpResponse:
    context = _context(request)
    template = "leads/_lead_results.html" if wants_region(request) else "leads/lead_list.html"
    return render(request, template, context, status=200 if context["filter"].is_valid() else 422)


def _context(request: Request) -> dict[str, Any]:
    mine = Lead.objects.of(request.workspace).living()
    filtered = LeadFilter(request.GET, queryset=mine, request=request)
    wanted = request.GET.get("sort", "")
    sort = wanted if wanted in listing.SORTS else "score"
    page = Paginator(listing.rows(filtered.qs, sort), PAGE).get_page(request.GET.get("page"))
    return {
        "filter": filtered,
        "sort": sort,
        "page": page,
        "grades": _grades(request, mine),
        "run": filtered.form.cleaned_data.get("run"),
        "has_leads": bool(page.object_list) or mine.exists(),
    }


def _grades(request: Request, mine: Any) -> list[tuple[str, int, bool]]:
    """(grade, how many leads the other filters leave, whether it is ticked)."""
    others = request.GET.copy()
    chosen = others.pop("grade", [])
    counts = listing.grade_counts(LeadFilter(others, queryset=mine, request=request).qs)
    return [(grade, counts.get(grade, 0), grade in chosen) for grade in GRADES]
