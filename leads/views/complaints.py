"""When something is wrong with a lead: bad data is paid back, and who does not want to be contacted is not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.wording import in_credits, plural
from leadengine.workflows.reporting import NotReportable, report_bad
from leadengine.workflows.suppression import suppress_and_mark
from leads.forms.lead import LeadSuppressionForm, ReportForm
from leads.models import Lead
from leads.suppressing import UnusableSuppression
from leads.views.lead import find_living, lead_page
from leads.views.trail import suffix_of


@member_required
@require_POST
def lead_report(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return lead_page(request, lead, tab="overview", report_form=form, status=422)
    try:
        paid = report_bad(lead, form.cleaned_data["fault"], by=request.user, now=timezone.now())
    except NotReportable as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Thank you. {in_credits(paid)} paid back.")
    return _back(request, lead)


@member_required
@require_POST
def suppress(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = LeadSuppressionForm(request.POST, lead=lead)
    if not form.is_valid():
        return lead_page(request, lead, tab="overview", suppression_form=form, status=422)
    try:
        _suppress(request, lead, form)
    except UnusableSuppression as error:
        form.add_error("kind", str(error))
        return lead_page(request, lead, tab="overview", suppression_form=form, status=422)
    return _back(request, lead)


def _suppress(request: Request, lead: Lead, form: LeadSuppressionForm) -> None:
    kind = form.cleaned_data["kind"]
    note, now = "Asked from a lead's page", timezone.now()
    marked = suppress_and_mark(request.workspace, kind, form.values[kind], note=note, by=request.user, now=now)
    messages.success(request, f"On the suppression list. {marked} {plural(marked, 'lead')} marked “do not contact”.")


def _back(request: Request, lead: Lead) -> HttpResponse:
    return SeeOther(reverse("leads:lead-detail", args=[lead.pk]) + suffix_of(request))
