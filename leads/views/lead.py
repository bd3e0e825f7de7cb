"""The page of one lead, and how its edits answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.request import Request
from leadengine.workflows.reporting import WINDOW
from leads.dossier import dossier, timeline
from leads.forms.lead import LeadSuppressionForm, NoteForm, OwnerForm, ReportForm, StageForm
from leads.models import Lead
from leads.models.lead import LeadQuerySet


def find_lead(request: Request, pk: UUID) -> Lead:
    """The lead with what its page shows of itself; 404 outside the workspace."""
    return get_object_or_404(_leads(request), pk=pk)


def find_living(request: Request, pk: UUID) -> Lead:
    """As `find_lead`, but an erased lead is a 404: nothing can be done with it."""
    return get_object_or_404(_leads(request).living(), pk=pk)


@member_required
@require_safe
def lead_detail(request: Request, pk: UUID) -> HttpResponse:
    return lead_page(request, find_lead(request, pk))


def lead_page(request: Request, lead: Lead, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The whole page; a form that was refused takes the place of the fresh one. An erased lead is a stub."""
    if lead.erased_at:
        return render(request, "leads/lead_erased.html", {"lead": lead}, status=status)
    found = dossier(lead)
    context = {"lead": lead, "dossier": found, "is_reportable": _is_reportable(found.delivery), **_forms(lead), **forms}
    return render(request, "leads/lead_detail.html", context, status=status)


def lead_region(request: Request, lead: Lead, template: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """A region of the page after an edit, with the timeline beside it."""
    context = {"lead": lead, "events": timeline(lead), "oob": True, **_forms(lead), **forms}
    return render(request, template, context, status=status)


def _leads(request: Request) -> LeadQuerySet:
    return Lead.objects.of(request.workspace).select_related("company", "score", "stage", "owner", "workspace")


def _forms(lead: Lead) -> dict[str, Any]:
    return {
        "stage_form": StageForm(lead=lead),
        "owner_form": OwnerForm(lead=lead),
        "note_form": NoteForm(),
        "report_form": ReportForm(),
        "suppression_form": LeadSuppressionForm(lead=lead),
    }


def _is_reportable(delivery: Any | None) -> bool:
    return bool(delivery and not delivery.reversed_at and delivery.delivered_at > timezone.now() - WINDOW)
