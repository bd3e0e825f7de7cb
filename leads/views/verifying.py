"""Many addresses verified as one order: a page that asks with the price, one that shows how far it is, and its stop."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.wording import plural
from leadengine.workflows.bulk_checks import bulk_offer, find_order, order_receipt, start_checks, stop_order
from leadengine.workflows.verification import REFUSALS
from leads.forms.verifying import VerifyForm
from leads.views.browsing import Browsing
from leads.views.selection import Selection, everything, selected, ticked

POLL = 2


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_verify(request: Request) -> HttpResponse:
    """Ordered, once the price was seen; before that the page that names it."""
    browsing = Browsing(request, timezone.now())
    selection = selected(browsing) if request.method == "POST" else everything(browsing)
    form = VerifyForm(request.POST)
    if selection.problem or "shown_at_most" not in request.POST:
        return _asking(browsing, selection, problem=selection.problem)
    if not form.is_valid():
        return _asking(browsing, selection, problem="Look at the price again, and start from here.")
    try:
        held = start_checks(
            selection.leads, workspace=request.workspace, by=request.user, now=browsing.now, **form.cleaned_data
        )
    except REFUSALS as refusal:
        return _asking(browsing, selection, problem=str(refusal))
    return SeeOther(_url(held.pk))


@member_required
@require_safe
def verification(request: Request, pk: int) -> HttpResponse:
    """The page of an order, or its region, which asks for itself for as long as a worker has something to do."""
    held = _order(request, pk)
    told = order_receipt(held)
    context: dict[str, Any] = {"order": held, "checks": told, "poll_seconds": POLL if told.waiting else None}
    if not wants_region(request):
        return render(request, "leads/verification.html", context)
    answer = render(request, "leads/_verification.html", context)
    return answer if told.waiting else trigger_client_event(answer, "frame-due")


@member_required
@require_POST
def verification_stop(request: Request, pk: int) -> HttpResponse:
    number = stop_order(_order(request, pk), now=timezone.now())
    flash(request, f"Stopped: {number:,} {plural(number, 'verification')} not made. Nothing more is charged.")
    return SeeOther(_url(pk))


def _asking(browsing: Browsing, selection: Selection, *, problem: str) -> HttpResponse:
    request = browsing.request
    offer = bulk_offer(selection.leads, workspace=request.workspace, by=request.user, now=browsing.now)
    context = {
        "browsing": browsing,
        "offer": offer,
        "problem": problem,
        "key": uuid4(),
        "ticked": [] if selection.query is not None else ticked(browsing),
    }
    return render(request, "leads/lead_verify.html", context, status=422 if problem else 200)


def _order(request: Request, pk: int) -> Any:
    held = find_order(request.workspace, pk)
    if held is None:
        raise Http404
    return held


def _url(pk: int) -> str:
    return reverse("leads:verification", args=[pk])
