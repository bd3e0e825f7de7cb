"""Moving a lead to another stage from the board, asking what the stage asks for, and taking changes of a lead back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from leadengine.access import member_required
from leadengine.request import Request
from leadengine.toasts import Undo
from leadengine.workflows.scoring import rescore_lead
from leads.forms.moving import MoveForm, MoveUndoForm
from leads.models import Activity, ActivityKind, Lead
from leads.moving import move
from leads.taking_back import CannotTakeBack, take_back
from leads.views.regions import wants_region
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
    event = move(lead, stage, by=request.user, now=timezone.now(), reason=reason, deal=form.deal)
    rescore_lead(lead, by=request.user, now=timezone.now(), why=f"Stage: {stage.name}")
    return told(request, f"{lead.display_name} moved to {stage.name}.", url=_back(request), undo=way_back(lead, event))


@member_required
@require_POST
def lead_move_undo(request: Request, pk: UUID) -> HttpResponse:
    """Takes back one's own move, owner or outcome, on the board and on the lead's page; a manager anybody's."""
    lead, form, now = _lead(request, pk), MoveUndoForm(request.POST), timezone.now()
    number = form.cleaned_data["move"] if form.is_valid() else 0
    try:
        event = take_back(lead, number, by=None if request.membership.is_manager else request.user, now=now)
    except CannotTakeBack as reason:
        return told(request, str(reason), url=_back(request), tone="bad")
    lead = _lead(request, pk)
    text = _said_back(lead, event.kind)
    if event.kind == ActivityKind.STAGE:
        rescore_lead(lead, by=request.user, now=now, why=f"Undone: {text}")
    return told(request, text, url=_back(request))


def way_back(lead: Lead, event: Activity | None, *, to: str = "") -> Undo | None:
    """The undo of a change that was kept; without script the page at `to` follows, else the board."""
    if event is None:
        return None
    values = {"move": str(event.pk)} | ({"next": to} if to else {})
    return Undo(reverse("leads:lead-move-undo", args=[lead.pk]), values)


def _said_back(lead: Lead, kind: str) -> str:
    if kind == ActivityKind.STAGE:
        return f"{lead.display_name} is back in {lead.stage.name if lead.stage else 'no stage'}."
    if kind == ActivityKind.OWNER:
        return f"{lead.display_name} is back with {lead.owner.name if lead.owner else 'nobody'}."
    return "The outcome is back to what it was."


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
