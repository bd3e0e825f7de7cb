"""Moving a lead to another stage from the board, asking what the stage asks for, and taking a move back."""

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
from leads.forms.moving import MoveForm
from leads.models import Activity, Lead
from leads.moving import MovedSince, move, take_back
from leads.views.regions import wants_region
from leads.views.telling import told


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
    return told(request, f"{lead.display_name} moved to {stage.name}.", url=_back(request), undo=_undo(lead, event))


@member_required
@require_POST
def lead_move_undo(request: Request, pk: UUID) -> HttpResponse:
    lead = _lead(request, pk)
    number = request.POST.get("move", "")
    try:
        take_back(lead, int(number) if number.isdecimal() else 0, now=timezone.now())
    except MovedSince as reason:
        return told(request, str(reason), url=_back(request))
    lead = _lead(request, pk)
    where = lead.stage.name if lead.stage else "no stage"
    return told(request, f"{lead.display_name} is back in {where}.", url=_back(request))


def _lead(request: Request, pk: UUID) -> Lead:
    return get_object_or_404(Lead.objects.of(request.workspace).living().select_related("company", "stage"), pk=pk)


def _undo(lead: Lead, event: Activity | None) -> Undo | None:
    return Undo(reverse("leads:lead-move-undo", args=[lead.pk]), {"move": str(event.pk)}) if event else None


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
