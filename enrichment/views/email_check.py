"""The panel of a lead's e-mail address: its verdict and evidence, verification, and the likelier spelling."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from enrichment.email_panel import EmailPanel, email_panel
from enrichment.forms import EmailCheckForm
from enrichment.known_verdicts import latest_check
from enrichment.models import EmailCheck
from enrichment.remembering import recall_reach
from enrichment.second_opinions import newest_key
from enrichment.views.reading import lead_or_404
from enrichment.views.taking_back import way_back
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash, toast
from leadengine.wording import in_credits
from leadengine.workflows.correcting import correct_email, likelier_spelling
from leadengine.workflows.picking import NotPickable
from leadengine.workflows.verifiable import is_served_by_sandbox
from leadengine.workflows.verification import REFUSALS, offer, start_check
from leads.models import Lead


@member_required
@require_safe
def email_check(request: Request, pk: UUID) -> HttpResponse:
    """The page, or the region. With `?waiting` it is asked for again and again, and tells when there is something to tell:
    the verdict, or, to who waits for the first answer, when the server is asked again. With `?shown` a page asks once, and
    is told of a verdict that came while it was on its way: it names when the one that it shows was come to.
    """
    lead = lead_or_404(request, pk)
    check = latest_check(lead)
    answer, asked = _panel(request, lead, check), request.GET
    if check and (_is_awaited(check, asked.get("waiting", "")) or _is_newer(lead, check, asked.get("shown"))):
        return _told(request, answer, check)
    return answer


@member_required
@require_POST
def email_check_start(request: Request, pk: UUID) -> HttpResponse:
    lead, form = lead_or_404(request, pk), EmailCheckForm(request.POST)
    if not form.is_valid():
        return _panel(request, lead, latest_check(lead), problem=str(form.errors["key"][0]), status=422)
    try:
        check = start_check(lead, key=form.cleaned_data["key"], by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        return _panel(request, lead, latest_check(lead), problem=str(refusal), status=422)
    if wants_region(request):
        answer = _panel(request, lead, check)
        return answer if check.is_open else _told(request, answer, check)
    return SeeOther(reverse("leads:lead-detail", args=[pk])) if "back" in request.POST else _page(lead)


@member_required
@require_POST
def email_correct(request: Request, pk: UUID) -> HttpResponse:
    """Use the spelling that was suggested."""
    lead = lead_or_404(request, pk)
    try:
        picked = correct_email(lead, by=request.user, now=timezone.now())
    except NotPickable as reason:
        return _panel(request, lead, latest_check(lead), problem=str(reason), status=422)
    text, undo = f"E-mail: {lead.email}", way_back(lead, picked)
    if wants_region(request):
        answer = toast(_panel(request, lead, latest_check(lead)), text, undo=undo)
        return trigger_client_event(answer, "leads-changed")
    flash(request, text, undo=undo)
    return SeeOther(reverse("leads:lead-detail", args=[pk])) if "back" in request.POST else _page(lead)


def _panel(
    request: Request, lead: Lead, check: EmailCheck | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "lead": lead,
        "check": check,
        "panel": _shown(lead, check, now),
        "offer": offer(lead, by=request.user, now=now),
        "key": uuid4(),
        "problem": problem,
        "is_invented": is_served_by_sandbox(lead),
    }
    template = "enrichment/_email_check.html" if wants_region(request) else "enrichment/email_page.html"
    return render(request, template, context, status=status)


def _shown(lead: Lead, check: EmailCheck | None, now: datetime) -> EmailPanel:
    return email_panel(
        lead,
        check,
        suggestion=likelier_spelling(lead, check),
        is_cut_off=recall_reach(now=now) is False,
        newest_key=newest_key(lead.workspace_id),
        now=now,
    )


def _is_awaited(check: EmailCheck, waiting: str) -> bool:
    """Whether what somebody waits for has come: "1" is the first answer, "later" the last."""
    return bool(waiting) and (not check.is_open or (waiting == "1" and check.asked_again_at is not None))


def _is_newer(lead: Lead, check: EmailCheck, shown: str | None) -> bool:
    """Whether the lead has another verdict than the page; `shown`: seconds since 1970, "" for none."""
    at = lead.email_checked_at
    return shown is not None and not check.is_open and shown != (str(int(at.timestamp())) if at else "")


def _told(request: Request, answer: HttpResponse, check: EmailCheck) -> HttpResponse:
    """The region with word of what the verification came to, whereupon the rest of the page renews itself."""
    if not wants_region(request):
        return answer
    return trigger_client_event(toast(answer, _outcome(check)), "leads-changed")


def _outcome(check: EmailCheck) -> str:
    if check.found is None:
        return check.error
    if check.is_open:
        return f"E-mail {check.found.status} so far. It is asked again later; nothing is charged until then."
    cost = in_credits(check.charged) if check.charged else "Nothing charged"
    return f"E-mail {check.found.status}. {cost}."


def _page(lead: Lead) -> HttpResponse:
    return SeeOther(reverse("enrichment:email-check", args=[lead.pk]))
