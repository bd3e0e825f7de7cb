"""What a search would find if it were run again now, beside the run that has ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.repeating import below_grade, estimate_again
from leads.views.progress import find_run


@member_required
@require_safe
def run_again(request: Request, pk: UUID) -> HttpResponse:
    """The estimate; opened by itself, the builder with the same search."""
    run = find_run(request, pk)
    if not wants_region(request):
        return SeeOther(f"{reverse('leads:search-new')}?run={run.pk}")
    found = estimate_again(run, by=request.user, now=timezone.now())
    return render(request, "leads/_run_again.html", {"run": run, "estimate": found, "below_grade": below_grade(run)})
