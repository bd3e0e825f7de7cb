"""What people do with a lead: move it, assign it, write a note, decide between sources; each can be taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast
from leadengine.workflows.editing import edit_one
from leadengine.workflows.logging import log_by_hand
from leadengine.workflows.picking import NotPickable, pick
from leadengine.workflows.scoring import rescore_lead
from leads import pipeline
from leads.editing import Change, Deal
from leads.fact_words import in_words
from leads.forms.lead import NoteForm, NoteUndoForm, OutcomeForm, OwnerForm, PickForm, StageForm
from leads.logbook import LoggedAlready
from leads.models import EditedField, Evidence, Lead
from leads.views.edit_undo import way_back
from leads.views.lead import find_living, lead_page, note_region, pipeline_region
from leads.views.trail import suffix_of


@member_required
@require_POST
def lead_stage(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = StageForm(request.POST, lead=lead)
    if not form.is_valid():
        return _refused(request, lead, stage_form=form)
    stage, reason = form.cleaned_data["stage"], form.cleaned_data["reason"]
    return _edited(request, lead, Change(EditedField.STAGE, stage, reason))


@member_required
@require_POST
def lead_owner(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = OwnerForm(request.POST, lead=lead)
    if not form.is_valid():
        return _refused(request, lead, owner_form=form)
    return _edited(request, lead, Change(EditedField.OWNER, form.cleaned_data["owner"]))


@member_required
@require_POST
def lead_outcome(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    form = OutcomeForm(request.POST, lead=lead)
    if not form.is_valid():
        return _refused(request, lead, outcome_form=form)
    given = form.cleaned_data
    deal = Deal(given.get("value"), given.get("currency", ""))
    return _edited(request, lead, Change(EditedField.OUTCOME, reason=given.get("reason", ""), deal=deal))


@member_required
@require_POST
def lead_note(request: Request, pk: UUID) -> HttpResponse:
    lead = find_living(request, pk)
    now = timezone.now()
    form = NoteForm(request.POST, now=now)
    if not form.is_valid():
        return _note_refused(request, lead, form)
    try:
        made = log_by_hand(lead, form.entry_of(lead), by=request.user, now=now, is_meant=form.is_meant)
    except LoggedAlready:
        form.ask_again()
        return _note_refused(request, lead, form)
    undo = _undo(lead, "lead-note-undo", {"note": str(made.pk)})
    answer = note_region(request, lead, NoteForm(now=now)) if wants_region(request) else None
    return changed(request, lead, "Added to the timeline", undo=undo, answer=answer)


@member_required
@require_POST
def lead_note_undo(request: Request, pk: UUID) -> HttpResponse:
    lead, form = find_living(request, pk), NoteUndoForm(request.POST)
    if form.is_valid() and pipeline.take_back(lead, form.cleaned_data["note"], by=request.user):
        rescore_lead(lead, by=request.user, now=timezone.now(), why="Taken off the timeline")
        return changed(request, lead, "Taken off the timeline")
    return changed(request, lead, "It is not on the timeline any more, or somebody else wrote it.", tone="bad")


@member_required
@require_POST
def lead_pick(request: Request, pk: UUID) -> HttpResponse:
    """Use what another source says of a field; with `restores` the choice is taken back."""
    lead, form = find_living(request, pk), PickForm(request.POST)
    if not form.is_valid():
        return changed(request, lead, "Choose one of the values.", tone="bad")
    rows = Evidence.objects.of(request.workspace).filter(lead=lead)
    row = get_object_or_404(rows, pk=form.cleaned_data["evidence"])
    restores = form.cleaned_data["restores"]
    try:
        made = pick(lead, row, by=request.user, now=timezone.now(), restores=restores)
    except NotPickable as reason:
        return changed(request, lead, str(reason), tone="bad")
    values = {}
    if made.before and made.choice and not restores:
        values = {"evidence": str(made.before.pk), "restores": str(made.choice.pk)}
    return changed(request, lead, f"In use: {in_words(row.field, row.value)}", undo=_undo(lead, "lead-pick", values))


def changed(
    request: Request,
    lead: Lead,
    text: str,
    *,
    undo: Undo | None = None,
    tone: str = "",
    answer: HttpResponse | None = None,
) -> HttpResponse:
    """Says what was done. htmx gets an event on which the parts of the page renew themselves, others the page anew."""
    if wants_region(request):
        told = toast(answer or HttpResponse(status=204), text, tone=tone, undo=undo)
        return trigger_client_event(told, "leads-changed")
    if tone:
        messages.error(request, text)
    else:
        flash(request, text, undo=undo)
    return SeeOther(_page(request, lead))


def _page(request: Request, lead: Lead) -> str:
    return reverse("leads:lead-detail", args=[lead.pk]) + suffix_of(request)


def _edited(request: Request, lead: Lead, change: Change) -> HttpResponse:
    """Stage, owner or outcome, with an undo that is refused where somebody changed it since."""
    made = edit_one(lead, change, by=request.user, now=timezone.now())
    return changed(request, lead, made.words, undo=way_back(made, to=_page(request, lead)))


def _refused(request: Request, lead: Lead, **forms: Any) -> HttpResponse:
    if wants_region(request):
        return pipeline_region(request, lead, status=422, **forms)
    return lead_page(request, lead, status=422, **forms)


def _note_refused(request: Request, lead: Lead, form: NoteForm) -> HttpResponse:
    if wants_region(request):
        return note_region(request, lead, form, status=422)
    return lead_page(request, lead, tab="activity", status=422, note_form=form)


def _undo(lead: Lead, name: str, values: dict[str, str]) -> Undo | None:
    """The way back, where there is one: nothing to send means that nothing can be put back."""
    return Undo(reverse(f"leads:{name}", args=[lead.pk]), values) if values else None
