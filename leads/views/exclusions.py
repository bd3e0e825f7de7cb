"""The exclusion ledger of a run: who was left out and why, and the click that includes them after all."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.wording import in_credits, plural
from leadengine.workflows.inclusion import Inclusion
from leadengine.workflows.leftovers import excluded, groups, includable_ids, include, judged_rows
from leadengine.workflows.resuming import NotPossible
from leads.forms.exclusions import InclusionForm
from leads.models import BEST_FIRST, Exclusion, Lead, Reason, Run
from leads.views.progress import find_run

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
    reason, ids, number = (form.cleaned_data[name] for name in ("reason", "exclusion", "page"))
    try:
        outcome = include(run, reason="" if ids else reason, ids=ids, by=request.user, now=timezone.now())
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.add_message(request, messages.SUCCESS if outcome.delivered else messages.WARNING, _said(run, outcome))
    return SeeOther(_url(run, reason, number) + _place(run, reason, number, ids))


def _context(run: Run, reason: str, number: str | None) -> dict[str, Any]:
    now = timezone.now()
    found = groups(run, now=now)
    chosen = next((each for each in found if each.reason == reason), found[0] if found else None)
    page = _page(run, chosen.reason, number) if chosen else None
    return {
        "run": run,
        "groups": found,
        "chosen": chosen,
        "page": page,
        "shared": _shared(list(page)) if page else "",
        "rows": _rows(run, list(page), now) if page else [],
        "includable": includable_ids(run, list(page), now=now) if page else set(),
    }


def _page(run: Run, reason: str, number: Any) -> Page[Exclusion]:
    rows = excluded(run).select_related("lane", "lead__company").order_by(*BEST_FIRST)
    return Paginator(rows.filter(reason=reason), PAGE).get_page(number)


def _shared(shown: list[Exclusion]) -> str:
    """What all rows of a page rest on, to be said once above them; "" where they differ or name a lead, or one is alone."""
    reasons = {(row.detail, row.lead_id) for row in shown}
    detail, lead_id = reasons.pop() if len(reasons) == 1 and len(shown) > 1 else ("", None)
    return "" if lead_id else detail


def _place(run: Run, reason: str, number: int | None, included: list[int]) -> str:
    """Where a keyboard goes on: at the button after the one that was pressed, or at the heading."""
    taken = Exclusion.objects.of(run.workspace_id).filter(run=run, pk__in=included)
    last = max((row.rank for row in taken), default=None)
    rows = [row for row in _page(run, reason, number) if row.rank > last] if last else []
    possible = includable_ids(run, rows, now=timezone.now())
    return next((f"#include-{row.pk}" for row in rows if row.pk in possible), "#left-out")


def _rows(run: Run, shown: list[Exclusion], now: datetime) -> list[tuple[Exclusion, Any]]:
    """Each with whom it is about as far as that is kept: the job title, and the grade in this run."""
    judged = judged_rows(run, shown, now=now)
    return [(row, judged.get(row.pk)) for row in shown]


def _said(run: Run, outcome: Inclusion) -> str:
    free = ", free of charge" if outcome.delivered else ""
    cost = f" for {in_credits(outcome.charged)}" if outcome.charged else free
    leads = f"{outcome.delivered:,} {plural(outcome.delivered, 'lead')}"
    said = f"{leads} included{cost}."
    reasons = "; ".join(f"{number:,} {Reason(code).label.lower()}" for code, number in outcome.refused.items())
    told = f"{said} Still left out: {reasons}." if reasons else said
    return format_html('{} <a class="link" href="{}">{}</a>', told, *_way(run, outcome)) if outcome.delivered else told


def _way(run: Run, outcome: Inclusion) -> tuple[str, str]:
    """To the one who was included, or to the leads of the run: address and words."""
    if outcome.delivered > 1:
        return f"{reverse('leads:lead-list')}?run={run.pk}", "Leads of this run"
    lead = Lead.objects.of(run.workspace_id).get(pk=outcome.lead_ids[0])
    return reverse("leads:lead-detail", args=[lead.pk]), f"Open {lead.display_name}"


def _url(run: Run, reason: str, page: int | None = None) -> str:
    asked = {name: value for name, value in (("reason", reason), ("page", page)) if value}
    return reverse("leads:run-exclusions", args=[run.pk], query=asked)
