"""Enrichments: their list, one with its progress and what it found, and its stop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from enrichment.job_findings import findings_of
from enrichment.job_progress import asked_later, jobs_of, progress_of, rest_of, with_results
from enrichment.models import Enrichment
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.workflows.stopping_enrichment import may_change, stop_enrichment
from leads.models import Lead

PER_PAGE = 25
POLL, POLL_FOUND = 2, 5


@member_required
@require_safe
def job_list(request: Request) -> HttpResponse:
    """The page, or its table, which asks for itself while something goes on."""
    page = Paginator(jobs_of(request.workspace), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_results(page.object_list, request.workspace)
    is_live = any(job.is_open for job in page.object_list)
    template = "enrichment/_job_table.html" if wants_region(request) else "enrichment/job_list.html"
    has_leads = bool(page.object_list) or Lead.objects.of(request.workspace).living().exists()
    answer = render(request, template, {"page": page, "is_live": is_live, "has_leads": has_leads})
    return answer if is_live else _renewing_frame(answer)


@member_required
@require_safe
def job(request: Request, pk: UUID) -> HttpResponse:
    return render(request, "enrichment/job.html", job_context(request, find_job(request, pk)))


@member_required
@require_safe
def job_progress(request: Request, pk: UUID) -> HttpResponse:
    """The region, which asks for itself until it has ended; opened as a page, the page."""
    found = find_job(request, pk)
    answer = _region(request, found, "enrichment/_job_progress.html")
    return answer if found.is_open else trigger_client_event(_renewing_frame(answer), "enrichment-ended")


@member_required
@require_safe
def job_found(request: Request, pk: UUID) -> HttpResponse:
    """What was found, before and after: the region for a filter or a page of it."""
    return _region(request, find_job(request, pk), "enrichment/_job_found.html")


@member_required
@require_POST
def job_stop(request: Request, pk: UUID) -> HttpResponse:
    """One's own; a manager stops anybody's."""
    stopped = stop_enrichment(own_job(request, pk), by=request.user, now=timezone.now())
    flash(request, "Stopped. What is held came back." if stopped else "It had ended already.")
    return SeeOther(reverse("enrichment:job", args=[pk]))


def find_job(request: Request, pk: UUID) -> Enrichment:
    found: Enrichment = get_object_or_404(Enrichment.objects.of(request.workspace).select_related("by", "hold"), pk=pk)
    return found


def own_job(request: Request, pk: UUID) -> Enrichment:
    """One that somebody may stop or undo: their own, as a manager any."""
    found = find_job(request, pk)
    if not is_own(request, found):
        raise Http404
    return found


def is_own(request: Request, found: Enrichment) -> bool:
    return may_change(found, request.membership)


def job_context(request: Request, found: Enrichment) -> dict[str, Any]:
    """What page and regions show; what is shown stands in the address, or in a form that came from there."""
    data = request.GET if request.method in ("GET", "HEAD") else request.POST
    show = data.get("show", "all")
    progress = progress_of(found)
    findings = findings_of(found, show=show, number=data.get("page"), now=timezone.now())
    return {
        "job": found,
        "is_own": is_own(request, found),
        "progress": progress,
        "rest": rest_of(found, progress),
        "later": asked_later(found) if found.is_open else 0,
        "findings": findings,
        "poll_seconds": POLL if found.is_open else None,
        "poll_found_seconds": POLL_FOUND if found.is_open else None,
    }


def _renewing_frame(answer: HttpResponse) -> HttpResponse:
    """Credits and leads beside the page are other ones by its end."""
    return trigger_client_event(answer, "frame-due")


def _region(request: Request, found: Enrichment, template: str) -> HttpResponse:
    return render(request, template if wants_region(request) else "enrichment/job.html", job_context(request, found))
