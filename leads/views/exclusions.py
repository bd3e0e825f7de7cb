"""The exclusion ledger of a run: who was left out and why, and the click that includes them after all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.wording import amount, plural
from leadengine.workflows.inclusion import Inclusion
from leadengine.workflows.leftovers import excluded, groups, includable_ids, include
from leadengine.workflows.resuming import NotPossible
from leads.forms.exclusions import InclusionForm
from leads.models import Reason, Run
from leads.views.progress import find_run
from leads.views.regions import wants_region

PAGE = 50


@member_required
@require_safe
def run_exclusions(request: Request, pk: UUID) -> HttpResponse:
    context = _context(find_run(request, pk), request.GET.get("reason", ""), request.GET.get("page"))
    template = "leads/_exclusions.html" if wants_region(request) else "leads/run_exclusions.html"
    return render(request, template, context)


@member_required
@require_POST
def exclusion_include(request: Request, pk: UUID) -> HttpResponse:
    run = find_run(request, pk)
    form = InclusionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose whom to include.")
        return SeeOther(_url(run, ""))
    reason, ids = form.cleaned_data["reason"], form.cleaned_data["exclusion"]
    try:
        outcome = include(run, reason="" if ids else reason, ids=ids, by=request.user, now=timezone.now())
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.add_message(request, messages.SUCCESS if outcome.delivered else messages.WARNING, _said(outcome))
    return SeeOther(_url(run, reason))


def _context(run: Run, reason: str, number: str | None) -> dict[str, Any]:
    now = timezone.now()
    found = groups(run, now=now)
    chosen = next((each for each in found if each.reason == reason), found[0] if found else None)
    rows = excluded(run).select_related("lane", "lead__company").defer("candidate").order_by("pk")
    page = Paginator(rows.filter(reason=chosen.reason), PAGE).get_page(number) if chosen else None
    return {
        "run": run,
        "groups": found,
        "chosen": chosen,
        "page": page,
        "includable": includable_ids(run, list(page), now=now) if page else set(),
    }


def _said(outcome: Inclusion) -> str:
    leads = f"{outcome.delivered:,} {plural(outcome.delivered, 'lead')}"
    said = f"{leads} included for {amount(outcome.charged)} {plural(outcome.charged, 'credit')}."
    reasons = "; ".join(f"{number:,} {Reason(code).label.lower()}" for code, number in outcome.refused.items())
    return f"{said} Still left out: {reasons}." if reasons else said


def _url(run: Run, reason: str) -> str:
    url = reverse("leads:run-exclusions", args=[run.pk])
    return f"{url}?reason={reason}" if reason else url
