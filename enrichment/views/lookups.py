"""What can be looked up about a lead: its e-mail address where none that works is known, and the line of its phone number."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from enrichment.forms import EmailCheckForm, FoundForm
from enrichment.lookup_words import headline, in_a_sentence, line_facts, outside_said, suggestions
from enrichment.models import Lookup, LookupKind
from enrichment.phone_panel import countries_of, phone_panel
from enrichment.views.reading import lead_or_404
from enrichment.views.taking_back import way_back
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash, toast
from leadengine.workflows.lookups import REFUSALS, latest_lookup, offer, start_lookup
from leadengine.workflows.picking import NotPickable
from leadengine.workflows.using_found import use_found
from leads.models import Lead

EMAIL, LINE = LookupKind.EMAIL, LookupKind.LINE
REGIONS = {EMAIL: "enrichment/_email_find.html", LINE: "enrichment/_phone_line.html"}
PAGES = {EMAIL: "enrichment/email_find_page.html", LINE: "enrichment/phone_page.html"}
ADDRESSES = {EMAIL: "enrichment:email-find", LINE: "enrichment:phone-check"}


@member_required
@require_safe
def email_find(request: Request, pk: UUID) -> HttpResponse:
    return _panel(request, lead_or_404(request, pk), EMAIL)


@member_required
@require_safe
def phone_line(request: Request, pk: UUID) -> HttpResponse:
    return _panel(request, lead_or_404(request, pk), LINE)


@member_required
@require_POST
def email_find_start(request: Request, pk: UUID) -> HttpResponse:
    return _start(request, lead_or_404(request, pk), EMAIL)


@member_required
@require_POST
def phone_line_start(request: Request, pk: UUID) -> HttpResponse:
    return _start(request, lead_or_404(request, pk), LINE)


@member_required
@require_POST
def email_use(request: Request, pk: UUID) -> HttpResponse:
    """Take an address that was found or suggested."""
    lead, form = lead_or_404(request, pk), FoundForm(request.POST)
    if not form.is_valid():
        return _panel(request, lead, EMAIL, problem="Choose one of the addresses.", status=422)
    try:
        picked = use_found(lead, form.cleaned_data["email"], by=request.user, now=timezone.now())
    except NotPickable as reason:
        return _panel(request, lead, EMAIL, problem=str(reason), status=422)
    text, to = f"E-mail: {lead.email}", reverse("leads:lead-detail", args=[lead.pk])
    flash(request, text, undo=way_back(lead, picked))
    if wants_region(request):
        return HttpResponse(headers={"HX-Redirect": to})
    return SeeOther(to)


def line_context(request: Request, lead: Lead) -> dict[str, Any]:
    """What the region of the number's line shows."""
    return _context(request, lead, LINE)


def _start(request: Request, lead: Lead, kind: str) -> HttpResponse:
    form = EmailCheckForm(request.POST)
    if not form.is_valid():
        return _panel(request, lead, kind, problem=str(form.errors["key"][0]), status=422)
    try:
        start_lookup(lead, kind, key=form.cleaned_data["key"], by=request.user, now=timezone.now())
    except REFUSALS as refusal:
        return _panel(request, lead, kind, problem=str(refusal), status=422)
    if wants_region(request):
        return _panel(request, lead, kind)
    return SeeOther(reverse(ADDRESSES[LookupKind(kind)], args=[lead.pk]))


def _panel(request: Request, lead: Lead, kind: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = _context(request, lead, kind) | {"problem": problem}
    if not wants_region(request):
        return render(request, PAGES[LookupKind(kind)], context, status=status)
    answer = render(request, REGIONS[LookupKind(kind)], context, status=status)
    lookup = context["lookup"]
    if "waiting" in request.GET and lookup and not lookup.is_open:
        return trigger_client_event(toast(answer, lookup.error or in_a_sentence(lookup)), "leads-changed")
    return answer


def _context(request: Request, lead: Lead, kind: str) -> dict[str, Any]:
    now, lookup = timezone.now(), latest_lookup(lead, kind)
    context: dict[str, Any] = {"lead": lead, "lookup": lookup, "key": uuid4(), "problem": ""}
    context["offer"] = offer(lead, kind, by=request.user, now=now)
    if kind == LINE:
        context["panel"] = phone_panel(lead.phone, countries_of(lead), now) if lead.phone else None
    return context | (_came(lookup, lead) if lookup and lookup.result else {})


def _came(lookup: Lookup, lead: Lead) -> dict[str, Any]:
    if lookup.kind == LINE:
        return {"said": in_a_sentence(lookup), "line": line_facts(lookup)}
    suggested = suggestions(lookup)
    if any(each.email == lead.email for each in suggested):
        return {}  # taken since: it came to the address that is known
    return {
        "said": in_a_sentence(lookup),
        "headline": headline(lookup),
        "outside": outside_said(lookup),
        "suggested": suggested,
    }
