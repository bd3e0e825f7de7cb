"""A lead's phone number: whether it is an hour to call, and what the number tells."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enrichment.phone_panel import phone_panel
from enrichment.views.lookups import line_context
from leadengine.access import member_required
from leadengine.request import Request
from leads.models import Lead


@member_required
@require_safe
def phone_check(request: Request, pk: UUID) -> HttpResponse:
    """The page, or for HTMX the line beside the number."""
    lead = get_object_or_404(Lead.objects.of(request.workspace).living().select_related("company", "workspace"), pk=pk)
    countries = (lead.country, lead.company.country if lead.company else "")
    panel = phone_panel(lead.phone, countries, timezone.now()) if lead.phone else None
    is_region = bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request
    template = "enrichment/_phone_hours.html" if is_region else "enrichment/phone_page.html"
    context = {"lead": lead, "panel": panel} | (line_context(request, lead) if panel else {})
    return render(request, template, context)
