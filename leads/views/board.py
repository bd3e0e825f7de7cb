"""The pipeline board: its page, its columns as a region, and more cards of one column."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.charts import GRADES
from leadengine.regions import wants_region
from leadengine.request import Request
from leads.board import FIRST, columns
from leads.board_filter import BoardFilter
from leads.models import Lead, Stage


@member_required
@require_safe
def board(request: Request) -> HttpResponse:
    filtered = _filtered(request)
    is_sound = filtered.is_valid()
    stages = list(_stages(request))
    found = columns(filtered.qs, stages, shown=_shown(request))
    context = {
        "filter": filtered,
        "columns": found,
        "stages": stages,
        "grades": [(grade, grade in request.GET.getlist("grade")) for grade in GRADES],
        "has_leads": any(each.count for each in found) or Lead.objects.of(request.workspace).living().exists(),
        "total": sum(each.count for each in found),
        "query": _query(request),
    }
    template = "leads/_board_changed.html" if wants_region(request) else "leads/board.html"
    return render(request, template, context, status=200 if is_sound else 422)


@member_required
@require_safe
def board_column(request: Request) -> HttpResponse:
    """The cards that "Show more" adds to the column of `stage`, after those that `from` counts."""
    if not wants_region(request) or "stage" not in request.GET:
        return SeeOther(f"{reverse('leads:board')}?{_query(request)}")
    stages = list(_stages(request))
    stage = next((each for each in stages if each.key == request.GET["stage"]), None)
    if stage is None:
        raise Http404
    skip = _number(request.GET.get("from", ""))
    (column,) = columns(_filtered(request).qs, [stage], shown={stage.key: skip + FIRST}, skip=skip)
    context = {"column": column, "stages": stages, "query": _query(request)}
    return render(request, "leads/_board_more_cards.html", context)


def _filtered(request: Request) -> BoardFilter:
    return BoardFilter(request.GET, queryset=Lead.objects.of(request.workspace).living(), request=request)


def _stages(request: Request) -> Any:
    return Stage.objects.of(request.workspace).order_by("position", "id")


def _shown(request: Request) -> dict[str, int]:
    """How many cards each column shows: `shown=new:40`."""
    pairs = (each.partition(":") for each in request.GET.getlist("shown"))
    return {key: number for key, _, text in pairs if (number := _number(text)) > FIRST}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _query(request: Request) -> str:
    """The filters alone, as a query string."""
    kept = request.GET.copy()
    for name in ("shown", "stage", "from"):
        kept.pop(name, None)
    return kept.urlencode()
