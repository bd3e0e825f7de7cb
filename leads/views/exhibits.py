"""The style guide's pages of what needs leads, runs and searches, for those who build screens: the real parts, with
invented people."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadengine.access import staff_required
from leadengine.request import Request
from leadengine.workflows.exhibits.estimates import estimated
from leadengine.workflows.exhibits.leads import STAGES, columns
from leadengine.workflows.exhibits.runs import left_out, progress
from leads.forms.criteria import CriteriaForm
from leads.models import RunState
from leads.views.building import WayOut

WORDS = {"industries_text": "Breweries, Machinery", "industries_none": "Retail"}
WRONG = {"industries_text": "Brewerries"}


class WatchedForm(forms.Form):
    """Something to change, so that the bar of what is not saved comes."""

    name = forms.CharField(label="Name of the workspace", initial="Cobalt Foods", max_length=60)


@staff_required
@require_safe
def styleguide_work(request: Request) -> HttpResponse:
    ended = progress(RunState.FINISHED)
    context = {
        "columns": columns(),
        "stages": STAGES,
        "has_leads": True,
        "total": 49,
        "waiting": progress(RunState.QUEUED),
        "running": progress(RunState.RUNNING),
        "ended": ended,
        "groups": left_out(),
        "watched": WatchedForm(),
    }
    return render(request, "styleguide/work.html", context)


@staff_required
@require_safe
def styleguide_search(request: Request) -> HttpResponse:
    """With `?short=1` the estimate of somebody who lacks credits."""
    is_short = "short" in request.GET
    found = estimated(credits=190 if is_short else 1840)
    wrong = CriteriaForm(WRONG, auto_id="wrong_%s")
    wrong.is_valid()
    context = {
        "words": CriteriaForm(WORDS),
        "wrong": wrong,
        "estimate": found,
        "can_start": found.can_start,
        "can_test": found.can_test,
        "lower": WayOut("Lower to 190 leads", reverse("leads:styleguide-search")) if is_short else None,
        "is_short": is_short,
    }
    return render(request, "styleguide/search.html", context)
