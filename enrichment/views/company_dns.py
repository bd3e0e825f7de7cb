"""What a company's DNS showed: technologies and since when, who takes its mail, and how that is guarded."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enrichment.domain_panel import domain_panel
from leadengine.access import member_required
from leadengine.request import Request
from leads.models import Company


@member_required
@require_safe
def company_dns(request: Request, pk: UUID) -> HttpResponse:
    """The page, or for HTMX the card on the company's page, which is empty where nothing was seen."""
    company = get_object_or_404(Company.objects.of(request.workspace), pk=pk)
    is_region = bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
    template = "enrichment/_company_dns.html" if is_region else "enrichment/company_dns.html"
    return render(request, template, {"company": company, "dns": domain_panel(company)})
