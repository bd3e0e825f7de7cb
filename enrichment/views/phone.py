"""A lead's phone number: whether it is an hour to call, and what the number tells."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enrichment.views.lookups import line_context
from enrichment.views.reading import lead_or_404
from leadengine.access import member_required
from leadengine.regions import wants_region
from leadengine.request import Request


@member_required
@require_safe
def phone_check(request: Request, pk: UUID) -> HttpResponse:
    """The page, or for HTMX the line beside the number."""
    lead = lead_or_404(request, pk)
    template = "enrichment/_phone_hours.html" if wants_region(request) else "enrichment/phone_page.html"
    return render(request, template, line_context(request, lead) if lead.phone else {"lead": lead})
