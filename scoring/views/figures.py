"""How scores stand and move: the managers' page of a workspace, and the panel of one lead."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadengine.access import manager_required, member_required
from leadengine.regions import wants_region
from leadengine.request import Request
from leads.models import Lead
from scoring.benchmarks import standing
from scoring.figures import figures, score_line
from scoring.trends import steps_of


@manager_required
@require_safe
def scoring_figures(request: Request) -> HttpResponse:
    return render(request, "scoring/figures.html", {"found": figures(request.workspace, now=timezone.now())})


@member_required
@require_safe
def score_trend(request: Request, pk: UUID) -> HttpResponse:
    leads = Lead.objects.of(request.workspace).living().select_related("company", "score")
    lead = get_object_or_404(leads, pk=pk)
    steps, score = steps_of(lead), getattr(lead, "score", None)
    context = {
        "lead": lead,
        "steps": steps,
        "picture": score_line(steps),
        "standing": standing(lead, score.total) if score else None,
    }
    is_region = wants_region(request)
    return render(request, "scoring/_score_trend.html" if is_region else "scoring/score_trend_page.html", context)
