"""What people do with a lead: move it, assign it, write a note, report it as bad, never contact it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.wording import amount, plural
from leadengine.workflows.reporting import NotReportable, report_bad
from leadengine.workflows.suppression import suppress_and_mark
from leads import pipeline
from leads.forms.lead import LeadSuppressionForm, NoteForm, OwnerForm, ReportForm, StageForm
from leads.models import Lead
from leads.suppressing import UnusableSuppression
from leads.views.lead import find_living, lead_page, lead_region
from leads.views.regions import wants_region

PIPELINE, NOTE = "leads/_lead_pipeline_changed.html", "leads/_lead_note_added.html"


@member_required
@require_POST
def lead_stage(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = StageForm(request.POST, lead=lead)
    if not form.is_valid():
        return _refused(request, lead, PIPELINE, stage_form=form)
    stage, reason = form.cleaned_data["stage"], form.cleaned_data["reason"]
    pipeline.move(lead, stage, by=request.user, now=timezone.now(), reason=reason)
    return _changed(request, lead, PIPELINE, f"Stage: {stage.name}")


@member_required
@require_POST
def lead_owner(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = OwnerForm(request.POST, lead=lead)
    if not form.is_valid():
        return _refused(request, lead, PIPELINE, owner_form=form)
    owner = form.cleaned_data["owner"]
    pipeline.assign(lead, owner, by=request.user, now=timezone.now())
    return _changed(request, lead, PIPELINE, f"Owner: {owner.name if owner else 'nobody'}")


@member_required
@require_POST
def lead_note(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _refused(request, lead, NOTE, note_form=form)
    kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
    pipeline.record(lead, kind, text, by=request.user, now=timezone.now())
    return _changed(request, lead, NOTE, "Added to the timeline")


@member_required
@require_POST
def lead_report(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return lead_page(request, lead, report_form=form, status=422)
    try:
        paid = report_bad(lead, form.cleaned_data["fault"], by=request.user, now=timezone.now())
    except NotReportable as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Thank you. {amount(paid)} {plural(paid, 'credit')} paid back.")
    return SeeOther(reverse("leads:lead-detail", args=[lead.pk]))


@member_required
@require_POST
def suppress(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = LeadSuppressionForm(request.POST, lead=lead)
    if not form.is_valid():
        return lead_page(request, lead, suppression_form=form, status=422)
    try:
        _suppress(request, lead, form)
    except UnusableSuppression as error:
        form.add_error("kind", str(error))
        return lead_page(request, lead, suppression_form=form, status=422)
    return SeeOther(reverse("leads:lead-detail", args=[lead.pk]))


def _suppress(request: Request, lead: Lead, form: LeadSuppressionForm) -> None:
    kind = form.cleaned_data["kind"]
    note, now = "Asked from a lead's page", timezone.now()
    marked = suppress_and_mark(request.workspace, kind, form.values[kind], note=note, by=request.user, now=now)
    messages.success(request, f"On the suppression list. {marked} {plural(marked, 'lead')} marked “do not contact”.")


def _changed(request: Request, lead: Lead, template: str, text: str) -> HttpResponse:
    if not wants_region(request):
        messages.success(request, text)
        return SeeOther(reverse("leads:lead-detail", args=[lead.pk]))
    return trigger_client_event(lead_region(request, lead, template), "toast", {"text": text})


def _refused(request: Request, lead: Lead, template: str, **forms: Any) -> HttpResponse:
    if wants_region(request):
        return lead_region(request, lead, template, status=422, **forms)
    return lead_page(request, lead, status=422, **forms)
