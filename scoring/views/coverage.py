"""Who of the buying roles is known at a company: a region of its page, and a page of its own."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.request import Request
from leads.directory.staffing import further_people
from leads.models import Company, Lead
from scoring.coverage import cover
from scoring.ideal import IdealCustomer
from scoring.profiles import current

MOST_PEOPLE = 500


@member_required
@require_safe
def company_coverage(request: Request, pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.of(request.workspace), pk=pk)
    ideal = IdealCustomer.from_json(current(request.workspace, company.industry).ideal)
    known = Lead.objects.of(request.workspace).living().filter(company=company).exclude(full_name="")
    best = known.select_related("score").order_by(F("score__total").desc(nulls_last=True), "name_key", "pk")
    coverage = cover(ideal, list(best[:MOST_PEOPLE]), further_people(company, now=timezone.now()))
    is_region = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    template = "scoring/_coverage.html" if is_region else "scoring/coverage_page.html"
    return render(request, template, {"company": company, "coverage": coverage})
