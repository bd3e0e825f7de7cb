"""Edits from the list of leads: on many at once, in one row, and taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast
from leadengine.wording import plural
from leads.editing import AlreadyUndone, edit, undo
from leads.forms.editing import EditForm
from leads.models import EditedField, LeadEdit
from leads.views.browsing import Browsing
from leads.views.lead import find_living
from leads.views.regions import wants_region
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
    made = edit(selection.leads, change, workspace=request.workspace, by=request.user, now=browsing.now)
    if wants_region(request):
        response = trigger_client_event(HttpResponse(), CHANGED, {"clears": True})
        return toast(response, _said(made), undo=_undo(made))
    flash(request, _said(made), undo=_undo(made))
    return SeeOther(browsing.url())


@member_required
@require_POST
def edit_undo(request: Request, pk: UUID) -> HttpResponse:
    """One's own edit; a manager takes back anybody's."""
    edits = LeadEdit.objects.of(request.workspace)
    made = get_object_or_404(edits if request.membership.is_manager else edits.filter(by=request.user), pk=pk)
    try:
        text = _said_back(made, undo(made, by=request.user, now=timezone.now()))
    except AlreadyUndone:
        text = "That was taken back already."
    if wants_region(request):
        return toast(trigger_client_event(HttpResponse(), CHANGED, {}), text)
    flash(request, text)
    return SeeOther(reverse("leads:lead-list"))


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
    made = edit(one, form.change(by=request.user, now=now), workspace=request.workspace, by=request.user, now=now)
    if not wants_region(request):
        flash(request, _said(made), undo=_undo(made))
        return SeeOther(reverse("leads:lead-detail", args=[pk]))
    response = render(request, template, {"lead": find_living(request, pk)})
    if not made.changed:
        return response
    said = f"{lead.display_name}: {made.words[:1].lower()}{made.words[1:]}"
    return toast(trigger_client_event(response, ROW_CHANGED), said, undo=_undo(made))


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


def _undo(made: LeadEdit) -> Undo | None:
    return Undo(reverse("leads:edit-undo", args=[made.pk])) if made.changed else None


def _said(made: LeadEdit) -> str:
    if not made.changed:
        return f"Nothing to change: {made.words} is set already."
    return f"{made.words}. {made.changed:,} {plural(made.changed, 'lead')} changed."


def _said_back(made: LeadEdit, number: int) -> str:
    what = {EditedField.TAG: "taken off", EditedField.LIST: "taken off"}.get(EditedField(made.field), "put back")
    left = made.changed - number
    rest = f" {left:,} changed since, left as {'it is' if left == 1 else 'they are'}." if left else ""
    return f"Undone: {number:,} {plural(number, 'lead')} {what}.{rest}"
