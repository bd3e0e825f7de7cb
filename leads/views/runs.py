"""Runs: their list, the page of one, and stopping, pausing and resuming it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.wording import amount, in_credits
from leadengine.workflows.generation import pause_generation, stop_generation
from leadengine.workflows.receipts import RunReceipt, run_receipt
from leadengine.workflows.repeating import compared, earlier_run
from leadengine.workflows.resuming import NotPossible
from leadengine.workflows.steering import controls, resume
from leads import listing
from leads.figures import figures
from leads.filters import RunFilter
from leads.models import Run
from leads.quality import quality
from leads.run_costs import with_cost
from leads.views.progress import find_run, run_context, run_url
from leads.watching import unwatch, watch

PAGE = 25


@member_required
@require_safe
def run_list(request: Request) -> HttpResponse:
    runs = with_cost(Run.objects.of(request.workspace)).select_related("started_by").order_by("-created_at", "-id")
    filtered = RunFilter(request.GET, queryset=runs, request=request)
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    grades = listing.grades_by_run(request.workspace, page.object_list)
    context = {
        "filter": filtered,
        "page": page,
        "rows": [(run, grades.get(run.pk, {})) for run in page.object_list],
        "has_runs": bool(page.object_list) or runs.exists(),
        "is_live": any(run.is_active for run in page.object_list),
    }
    status = 200 if filtered.is_valid() else 422
    if wants_region(request):
        return render(request, "leads/_run_table.html", context, status=status)
    context["figures"] = figures(quality(request.workspace, now=timezone.now())) if context["has_runs"] else ()
    return render(request, "leads/run_list.html", context, status=status)


@member_required
@require_safe
def run_detail(request: Request, pk: UUID) -> HttpResponse:
    run = find_run(request, pk)
    before = earlier_run(run)
    context = {"before": before, "differences": compared(before, run) if before else ()}
    return render(request, "leads/run_detail.html", run_context(run) | context)


@member_required
@require_POST
def run_stop(request: Request, pk: UUID) -> HttpResponse:
    run, now = find_run(request, pk), timezone.now()
    run = stop_generation(run, by=request.user, now=now)
    messages.success(request, _stopped(run_receipt(run, now=now), is_ours=run.stop_requested_at == now))
    return SeeOther(run_url(run))


@member_required
@require_POST
def run_pause(request: Request, pk: UUID) -> HttpResponse:
    return _steer(request, find_run(request, pk), pause_generation, "is paused. Its credits stay held.")


@member_required
@require_POST
def run_resume(request: Request, pk: UUID) -> HttpResponse:
    return _steer(request, find_run(request, pk), resume, "goes on.")


@member_required
@require_POST
def run_watch(request: Request, pk: UUID) -> HttpResponse:
    """Whether one is told when the run ends: `watch` is "on" or empty."""
    run = find_run(request, pk)
    wanted = request.POST.get("watch") == "on"
    (watch if wanted else unwatch)(run, request.user)
    if wants_region(request):
        run = find_run(request, pk)
        return render(request, "leads/_run_actions.html", {"run": run, "controls": controls(run)})
    told = "You are told when it ends." if wanted else "You are not told when it ends."
    messages.success(request, f"Run {run.number}: {told}")
    return SeeOther(run_url(run))


def _stopped(receipt: RunReceipt, *, is_ours: bool) -> str:
    """What a stop cost and gave back, as the receipt has it; a run may have ended before it could be stopped."""
    run, state = receipt.run, receipt.run.get_state_display().lower()
    how = f"is {state}" if is_ours else f"had ended ({state}) before it could be stopped"
    spent = f"{in_credits(receipt.captured)} spent, {amount(receipt.released)} returned"
    owed = f"{amount(receipt.still_held)} more are held for verifications under way"
    return f"Run {run.number} {how}: {spent}. {owed if receipt.still_held else 'Nothing more is charged'}."


def _steer(request: Request, run: Run, act: Callable[..., Run], said: str) -> HttpResponse:
    try:
        act(run, by=request.user, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"Run {run.number} {said}")
    return SeeOther(run_url(run))
