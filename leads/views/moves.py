"""Moving a lead to another stage from the board, asking what the stage asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget, trigger_client_event

from leadengine.access import member_required
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.editing import edit_one
from leads.edit_wording import said_of
from leads.editing import Change
from leads.forms.moving import MoveForm
from leads.models import EditedField, Lead
from leads.views.edit_undo import way_back
from leads.views.telling import told

SHOWN = ("company", "stage", "owner")


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_move(request: Request, pk: UUID) -> HttpResponse:
    """The form of a move, on the board inside its dialog; POST moves, or asks first what the stage wants to know."""
    lead = _lead(request, pk)
    if request.method != "POST":
        return _form(request, lead, MoveForm(lead=lead, stage=request.GET.get("stage", "")))
    form = MoveForm(request.POST, lead=lead)
    if not form.is_valid():
        return _form(request, lead, form, status=422)
    if form.must_ask:
        return _form(request, lead, MoveForm(lead=lead, stage=form.cleaned_data["stage"].key))
    stage, reason = form.cleaned_data["stage"], form.cleaned_data["reason"]
    change = Change(EditedField.STAGE, stage, reason, form.deal)
    made = edit_one(lead, change, by=request.user, now=timezone.now())
    text = f"{lead.display_name} moved to {stage.name}." if made.changed else said_of(lead, made)
    return told(request, text, url=_back(request), undo=way_back(made, to=_back(request)))


def _lead(request: Request, pk: UUID) -> Lead:
    return get_object_or_404(Lead.objects.of(request.workspace).living().select_related(*SHOWN), pk=pk)


def _back(request: Request) -> str:
    """The board as it was, where the form says how; else the board."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else reverse("leads:board")


def _form(request: Request, lead: Lead, form: MoveForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"lead": lead, "form": form, "back": _back(request), "kind": form.asking}
    if not wants_region(request):
        return render(request, "leads/lead_move.html", context, status=status)
    answer = render(request, "leads/_lead_move.html", context, status=status)
    return trigger_client_event(reswap(retarget(answer, "#move"), "innerHTML"), "ask", after="swap")
