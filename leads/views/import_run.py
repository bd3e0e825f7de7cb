"""The check, the start and the report of an import; a page asks for its region while a worker is at it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.workflows.import_preparing import NotPossible, correct, name_countries
from leadengine.workflows.imports import REFUSALS, price_of, start_import
from leads.forms.imports import CorrectForm, CountriesForm, StartForm
from leads.import_countries import strange_countries
from leads.import_preview import good_rows
from leads.importing import bad_rows, left_alone, matches, progress
from leads.models import Import, ImportStep
from leads.views.import_steps import open_import
from leads.views.imports import is_theirs

POLL = 2
BAD_ROWS, MATCHES, GOOD_ROWS = 50, 10, 10


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_check(request: Request, pk: UUID) -> HttpResponse:
    """What becomes of the rows, and the first bad ones to be corrected."""
    job = open_import(request, pk)
    if isinstance(job, SeeOther):
        return job
    if job.step != ImportStep.CHECK:
        return SeeOther(reverse("leads:import-columns", args=[pk]))
    form = CorrectForm(request.POST or None, rows=bad_rows(job, BAD_ROWS) if job.is_checked else [])
    if request.method == "POST" and form.is_valid():
        _correct(request, job, form)
        return SeeOther(request.path)
    template = "leads/_import_check.html" if wants_region(request) else "leads/import_check.html"
    return render(request, template, _checked(request, job, form), status=422 if form.errors else 200)


@member_required
@require_POST
def import_countries(request: Request, pk: UUID) -> HttpResponse:
    """Countries that are not understood, as the ones that were meant."""
    job = open_import(request, pk)
    if isinstance(job, SeeOther):
        return job
    countries = CountriesForm(request.POST, strange=strange_countries(job) if job.is_checked else [])
    if not countries.is_valid():
        form = CorrectForm(rows=bad_rows(job, BAD_ROWS))
        context = _checked(request, job, form, countries=countries)
        return render(request, "leads/import_check.html", context, status=422)
    if countries.meant:
        _act(request, lambda: name_countries(job, countries.meant, now=timezone.now()), "{} written anew")
    else:
        messages.info(request, "Nothing was changed.")
    return SeeOther(reverse("leads:import-check", args=[pk]))


@member_required
@require_POST
def import_start(request: Request, pk: UUID) -> HttpResponse:
    """The same import, however often it is asked for."""
    job = open_import(request, pk)
    form = StartForm(request.POST)
    if isinstance(job, SeeOther):
        return job
    if not form.is_valid() or form.cleaned_data["shown_at_most"] is None:
        messages.error(request, "Look at the check again, and start from here.")
        return SeeOther(reverse("leads:import-check", args=[pk]))
    try:
        start_import(job, by=request.user, now=timezone.now(), **form.cleaned_data)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return SeeOther(reverse("leads:import-check", args=[pk]))
    return SeeOther(reverse("leads:import-detail", args=[pk]))


@member_required
@require_safe
def import_detail(request: Request, pk: UUID) -> HttpResponse:
    """How far it is, and in the end what became of each row."""
    rows = Import.objects.of(request.workspace).select_related("file", "started_by", "undone_by", "hold")
    job = get_object_or_404(rows, pk=pk)
    if job.step in (ImportStep.MAP, ImportStep.CHECK):
        return SeeOther(reverse("leads:import-check", args=[pk]))
    context = _told(job) | {"may_undo": _may_undo(request, job)}
    if not wants_region(request):
        return render(request, "leads/import_detail.html", context)
    answer = render(request, "leads/_import_progress.html", context)
    return answer if job.is_working else trigger_client_event(answer, "frame-due")


def _correct(request: Request, job: Import, form: CorrectForm) -> None:
    if not form.corrections:
        messages.info(request, "Nothing was changed.")
        return
    _act(request, lambda: correct(job, form.corrections, now=timezone.now()), "{} corrected")


def _act(request: Request, act: Callable[[], int], did: str) -> None:
    try:
        changed = act()
    except NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{did.format(f'{changed:,}')}. The file is checked again.")


def _checked(
    request: Request, job: Import, form: CorrectForm, *, countries: CountriesForm | None = None
) -> dict[str, Any]:
    price = price_of(job, now=timezone.now()) if job.is_checked else Decimal(0)
    counts = job.counts
    at_most = price * counts.get("new", 0)
    return _told(job) | {
        "form": form,
        "countries": countries or CountriesForm(strange=strange_countries(job) if job.is_checked else []),
        "is_theirs": is_theirs(request, job),
        "start": StartForm(initial={"grades": True, "shown_at_most": at_most}),
        "price": price,
        "at_most": at_most,
        "unreadable": job.file.errors[:BAD_ROWS] if job.file else [],
        "bad_rows_shown": BAD_ROWS,
        "matches": matches(job, MATCHES) if job.is_checked else [],
        "good_rows": good_rows(job, GOOD_ROWS) if job.is_checked else [],
    }


def _told(job: Import) -> dict[str, Any]:
    done, of = progress(job) if job.is_working else (0, 0)
    return {
        "job": job,
        "counts": job.counts,
        "done": done,
        "of": of,
        "percent": round(100 * done / of) if of else 0,
        "poll_seconds": POLL if job.is_working else None,
        "written": job.written,
        "left": left_alone(job, BAD_ROWS) if job.step == ImportStep.UNDONE else [],
        "step": ImportStep.CHECK if job.step == ImportStep.CHECK else ImportStep.IMPORT,
    }


def _may_undo(request: Request, job: Import) -> bool:
    until = job.undoable_until
    return until is not None and timezone.now() <= until and is_theirs(request, job)
