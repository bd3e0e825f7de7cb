"""Enriching leads: one page that chooses, one region that names cost and return as one chooses, and the start."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.enriching import REFUSALS, is_large, start_enrichment
from leadengine.workflows.enrichment_offer import Offer, make_offer
from leadengine.workflows.enrichment_words import chosen_kinds, presets
from leads.forms.enriching import EnrichForm
from leads.views.browsing import Browsing
from leads.views.selection import TICK, Selection, everything, selected, ticked

STALE = "Look at the price again, and start from here."


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_enrich(request: Request) -> HttpResponse:
    """Ordered, once its price was seen and, if it is high, confirmed; before that the page that names it."""
    browsing = Browsing(request, timezone.now())
    selection, form = _selection(browsing), EnrichForm(browsing.data)
    is_start = request.method == "POST" and ("start" in request.POST or "test" in request.POST)
    if selection.problem or not form.is_valid() or not is_start:
        return _asking(browsing, selection, form, problem=selection.problem)
    order = form.order
    if order is None:
        return _asking(browsing, selection, form, problem=STALE)
    if is_large(order, request.workspace) and not form.is_confirmed:
        return _asking(browsing, selection, form, asks_twice=True, status=422)
    try:
        job = start_enrichment(selection.leads, order, workspace=request.workspace, by=request.user, now=browsing.now)
    except REFUSALS as refusal:
        return _asking(browsing, selection, form, problem=str(refusal))
    return SeeOther(reverse("enrichment:job", args=[job.pk]))


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_enrich_cost(request: Request) -> HttpResponse:
    """The region of cost and return for what is ticked; opened as a page, the page that holds it."""
    browsing = Browsing(request, timezone.now())
    selection = _selection(browsing)
    return _asking(browsing, selection, EnrichForm(browsing.data), problem=selection.problem)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_enrich_effect(request: Request) -> HttpResponse:
    """What it could do to grades, loaded once the cost is seen; opened as a page, the page that holds it."""
    browsing = Browsing(request, timezone.now())
    selection, form = _selection(browsing), EnrichForm(browsing.data)
    offer = _offer(browsing, selection, form, with_effect=True)
    template = "leads/_lead_enrich_effect.html" if wants_region(request) else "leads/lead_enrich.html"
    return render(request, template, _context(browsing, selection, form, offer))


def _offer(browsing: Browsing, selection: Selection, form: EnrichForm, *, with_effect: bool = False) -> Offer:
    data, request = browsing.data, browsing.request
    return make_offer(
        selection.leads,
        chosen_kinds(data.getlist("kind"), preset=data.get("preset", ""), is_first="asked" not in data),
        most_credits=form.cleaned_data.get("most_credits") if form.is_valid() else None,
        workspace=request.workspace,
        by=request.user,
        now=browsing.now,
        with_effect=with_effect,
    )


def _selection(browsing: Browsing) -> Selection:
    """A link names its leads in the address; without any it is about all that match."""
    if browsing.request.method == "POST":
        return selected(browsing)
    return selected(browsing) if TICK in browsing.data else everything(browsing)


def _asking(
    browsing: Browsing, selection: Selection, form: EnrichForm, *, problem: str = "", asks_twice: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    offer = _offer(browsing, selection, form)
    context = _context(browsing, selection, form, offer) | {"problem": problem}
    context |= {"asks_twice": asks_twice and not form.is_test, "asks_test": asks_twice and form.is_test}
    template = "leads/_lead_enrich_cost.html" if wants_region(browsing.request) else "leads/lead_enrich.html"
    return render(browsing.request, template, context, status=422 if problem or form.errors else status)


def _context(browsing: Browsing, selection: Selection, form: EnrichForm, offer: Offer) -> dict[str, Any]:
    is_everything = selection.query is not None
    return {
        "browsing": browsing,
        "form": form,
        "offer": offer,
        "key": uuid4(),
        "presets": presets(),
        "ticked": [] if is_everything else ticked(browsing),
        "is_everything": is_everything,
    }
