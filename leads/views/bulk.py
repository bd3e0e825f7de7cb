"""Edits from the list of leads: on many at once, and in one row."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash, toast
from leadengine.workflows.editing import edit_leads, is_scored_later
from leads.edit_wording import said, said_of
from leads.forms.editing import EditForm
from leads.models import LeadEdit
from leads.views.browsing import Browsing
from leads.views.edit_undo import way_back
from leads.views.lead import find_living
from leads.views.selection import Selection, selected, ticked

CHANGED, ROW_CHANGED = "leads-changed", "row-changed"  # the list itself keeps a row that was changed in its place


@member_required
@require_POST
def lead_edit(request: Request) -> HttpResponse:
    """Sets one thing on the selection; without script the answer is the list again, with a message that holds the undo."""
    browsing = Browsing(request, timezone.now())
    selection, form = selected(browsing), EditForm(request.POST, workspace=request.workspace)
    if selection.problem:
        form.add_error(None, selection.problem)
    if not form.is_valid():
        return _refused(browsing, selection, form)
    change = form.change(by=request.user, now=browsing.now)
    made = edit_leads(selection.leads, change, workspace=request.workspace, by=request.user, now=browsing.now)
    if wants_region(request):
        response = trigger_client_event(HttpResponse(), CHANGED, {"clears": True})
        return toast(response, said_at_length(made), undo=way_back(made))
    flash(request, said_at_length(made), undo=way_back(made, to=browsing.url()))
    return SeeOther(browsing.url())


@member_required
@require_POST
def lead_row(request: Request, pk: UUID, field: str) -> HttpResponse:
    """Stage or owner of one lead, changed in its row; the answer is the cell. Disqualifying asks for the reason in it."""
    lead, now = find_living(request, pk), timezone.now()
    data = request.POST.copy()
    data["field"] = field
    form = EditForm(data, workspace=request.workspace, prefix_id=f"row-{pk}")
    template = f"leads/cells/_{field}.html"
    if not form.is_valid():
        return render(request, template, {"lead": lead, "form": form}, status=422)
    one = Browsing(request, now).mine.filter(pk=pk)
    made = edit_leads(one, form.change(by=request.user, now=now), workspace=request.workspace, by=request.user, now=now)
    if not wants_region(request):
        page = reverse("leads:lead-detail", args=[pk])
        flash(request, said_of(lead, made), undo=way_back(made, to=page))
        return SeeOther(page)
    response = render(request, template, {"lead": find_living(request, pk)})
    if not made.changed:
        return response
    return toast(trigger_client_event(response, ROW_CHANGED), said_of(lead, made), undo=way_back(made))


def _refused(browsing: Browsing, selection: Selection, form: EditForm) -> HttpResponse:
    context = {
        "browsing": browsing,
        "form": form,
        "ticked": ticked(browsing),
        "is_everything": selection.query is not None,
    }
    if wants_region(browsing.request):
        return render(browsing.request, "leads/_lead_bulk_problem.html", context, status=422)
    context["number"] = selection.leads.count()
    return render(browsing.request, "leads/lead_bulk.html", context, status=422)


def said_at_length(made: LeadEdit) -> str:
    """With a word on grades that follow later."""
    later = " Their grades follow in a while." if is_scored_later(made) else ""
    return said(made) + later
