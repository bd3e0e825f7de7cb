"""The page of one lead, and the parts of it that are renewed after something was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leads import dossier
from leads.bounces import with_bounces
from leads.forms.lead import NoteForm, OutcomeForm, OwnerForm, StageForm
from leads.models import Lead
from leads.models.lead import LeadQuerySet
from leads.views.lead_tabs import tab_context
from leads.views.trail import Trail, suffix_of
from leads.views.verify_offer import verify_offer


def find_lead(request: Request, pk: UUID) -> Lead:
    """The lead with what its page shows of itself; 404 outside the workspace."""
    return get_object_or_404(_leads(request), pk=pk)


def find_living(request: Request, pk: UUID) -> Lead:
    """As `find_lead`, but an erased lead is a 404: nothing can be done with it."""
    return get_object_or_404(_leads(request).living(), pk=pk)


@member_required
@require_safe
def lead_detail(request: Request, pk: UUID) -> HttpResponse:
    lead = find_lead(request, pk)
    if not wants_region(request) or lead.erased_at:
        return lead_page(request, lead)
    return render(request, "leads/_lead_panel.html", tab_context(request, lead))


def lead_page(request: Request, lead: Lead, *, tab: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """The whole page; a form that was refused takes the place of the fresh one. An erased lead is a stub."""
    if lead.erased_at:
        return render(request, "leads/lead_erased.html", {"lead": lead}, status=status)
    barred = {"opt_out": dossier.opt_out(lead) if lead.do_not_contact else None}
    context = tab_context(request, lead, tab=tab) | _pipeline_forms(lead) | barred | verify_offer(lead) | forms
    return render(request, "leads/lead_detail.html", context, status=status)


@member_required
@require_safe
def lead_pipeline(request: Request, pk: UUID) -> HttpResponse:
    """Stage, owner and outcome, asked for after they were changed."""
    lead = find_living(request, pk)
    if not wants_region(request):
        return _whole(request, lead)
    return pipeline_region(request, lead, is_renewed=True, **verify_offer(lead))


@member_required
@require_safe
def lead_timeline(request: Request, pk: UUID) -> HttpResponse:
    """What happened, asked for after something did; with `?latest` the first few lines."""
    lead, is_short = find_living(request, pk), "latest" in request.GET
    if not wants_region(request):
        return _whole(request, lead)
    events = dossier.timeline(lead, most=dossier.LATEST if is_short else dossier.MOST_EVENTS)
    url = Trail(request.GET.get("from")).url(lead.pk, "activity")
    context = {"lead": lead, "events": events, "is_short": is_short, "suffix": suffix_of(request), "activity_url": url}
    return render(request, "leads/_lead_timeline.html", context | {"number": dossier.counts(lead)["activity"]})


def pipeline_region(request: Request, lead: Lead, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {"lead": lead, "suffix": suffix_of(request), **_pipeline_forms(lead), **forms}
    return render(request, "leads/_lead_pipeline.html", context, status=status)


def note_region(request: Request, lead: Lead, form: NoteForm, *, status: int = 200) -> HttpResponse:
    context = {"lead": lead, "suffix": suffix_of(request), "note_form": form}
    return render(request, "leads/_lead_note.html", context, status=status)


def _whole(request: Request, lead: Lead) -> HttpResponse:
    """A part that was opened by itself leads to its page."""
    return SeeOther(reverse("leads:lead-detail", args=[lead.pk]) + suffix_of(request))


def _leads(request: Request) -> LeadQuerySet:
    leads = Lead.objects.of(request.workspace)
    return with_bounces(leads).select_related("company", "score", "stage", "owner", "workspace")


def _pipeline_forms(lead: Lead) -> dict[str, Any]:
    return {
        "stage_form": StageForm(lead=lead),
        "owner_form": OwnerForm(lead=lead),
        "outcome_form": OutcomeForm(lead=lead),
    }
