"""The score card of a lead, as a page and as the region that other pages load, and scoring again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from billing.pricing import prices
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.lookups import can_be_looked_up
from leadengine.workflows.scoring import rescore_lead
from leads.models import Lead
from scoring.receipt import receipt
from scoring.views.ways import next_actions

AGAIN = "Scored again: {grade} {total}"
CHANGED = "score-changed"  # what stands beside the card on its page is read again
ACTIONS_SHOWN = 5
LOG = "#lead-note"  # the form that adds to the timeline


@member_required
@require_safe
def score_card(request: Request, pk: UUID) -> HttpResponse:
    lead = _lead(request, pk)
    template = "scoring/_score_card.html" if wants_region(request) else "scoring/score_page.html"
    log_url = reverse("leads:lead-detail", args=[lead.pk]) + LOG
    return render(request, template, _advice(_context(lead, timezone.now()), log_url))


@member_required
@require_safe
def score_advice(request: Request, pk: UUID) -> HttpResponse:
    """What to do about the score, and what speaks for and against the lead: the part that stands beside other facts."""
    lead = _lead(request, pk)
    if not wants_region(request):
        return SeeOther(reverse("scoring:score-card", args=[lead.pk]))
    return render(request, "scoring/_score_advice.html", _advice(_context(lead, timezone.now()), LOG))


@member_required
@require_POST
def score_again(request: Request, pk: UUID) -> HttpResponse:
    lead, now = _lead(request, pk), timezone.now()
    rescore_lead(lead, by=request.user, now=now)
    context = _context(lead, now)
    text = AGAIN.format(grade=context["score"].grade, total=context["score"].total)
    if not wants_region(request):
        messages.success(request, text)
        return SeeOther(reverse("scoring:score-card", args=[lead.pk]))
    answer = trigger_client_event(render(request, "scoring/_score_card.html", context), CHANGED)
    return trigger_client_event(answer, "toast", {"text": text})


def _lead(request: Request, pk: UUID) -> Lead:
    leads = Lead.objects.of(request.workspace).living().select_related("company", "workspace")
    return get_object_or_404(leads, pk=pk)


def _context(lead: Lead, now: datetime) -> dict[str, Any]:
    return {"lead": lead, "score": receipt(lead, now=now, prices=action_prices(now))}


def _advice(context: dict[str, Any], log_url: str) -> dict[str, Any]:
    """With the next actions, each with its links; beside the timeline its form is on the same page."""
    score = context["score"]
    found = score.actions[:ACTIONS_SHOWN]
    lead = context["lead"]
    is_open = partial(can_be_looked_up, lead)
    ways = next_actions(found, lead, log_url=log_url, is_writable=score.is_writable, can_be_looked_up=is_open)
    return context | {"next_actions": ways}


def action_prices(now: datetime) -> Mapping[str, Decimal]:
    """Credits by kind, as the actions name them: what a kind costs where no source has a price of its own."""
    return {kind: amount for (kind, source), amount in prices(now).amounts.items() if not source}
