"""One lead beside the list: whom to write to, where it stands, and why it has its grade."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leads.dossier import refused_call
from leads.models import Lead
from leads.views.lead import find_living
from leads.views.verify_offer import verify_offer


@member_required
@require_safe
def lead_peek(request: Request, pk: UUID) -> HttpResponse:
    """The region; opened as a page, the list with the lead beside it."""
    lead = find_living(request, pk)
    if not wants_region(request):
        return SeeOther(f"{reverse('leads:lead-list')}?peek={lead.pk}")
    return render(request, "leads/_lead_peek.html", peek_context(lead))


def peek_context(lead: Lead | None) -> dict[str, Any]:
    """What the region shows; of nobody, where there is none."""
    if lead is None:
        return {"peek": None}
    return {"peek": lead, "no_calls": refused_call(lead), **verify_offer(lead)}
