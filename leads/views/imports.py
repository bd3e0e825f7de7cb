"""Imports of the workspace's own leads: a file is brought, those under way are gone on with, undone or discarded."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.csv_writing import csv_lines
from leadengine.request import Request
from leadengine.workflows.import_preparing import NotPossible, bring
from leadengine.workflows.imports import discard_import, record_download, undo_import
from leads.forms.imports import ImportUploadForm
from leads.importing import finished, left_behind, unfinished
from leads.models import Import

SHOWN = 20
TEMPLATE = (
    "First name", "Last name", "E-mail", "Job title", "Phone", "LinkedIn URL", "City", "Country",
    "Company", "Website", "Industry", "Employees",
)  # fmt: skip


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: Request) -> HttpResponse:
    """The first step: a file, beside the imports that wait for somebody and those that are done."""
    form = ImportUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ImportUploadForm(request.POST, request.FILES)
        if form.is_valid():
            job = bring(request.workspace, form.parsed, form.content, by=request.user, now=timezone.now())
            return _go_on(request, reverse("leads:import-columns", args=[job.pk]))
    context = {
        "form": form,
        "waiting": unfinished(request.workspace, now=timezone.now())[:SHOWN],
        "done": finished(request.workspace)[:SHOWN],
    }
    return render(request, "leads/import_new.html", context, status=422 if form.errors else 200)


def _go_on(request: Request, url: str) -> HttpResponse:
    """The page is left for the next, also where its form was sent by script."""
    return HttpResponseClientRedirect(url) if request.htmx else SeeOther(url)


@member_required
@require_safe
def import_template(request: Request) -> StreamingHttpResponse:
    """An empty file with columns that we know by name."""
    return _download(csv_lines(TEMPLATE, []), "leads-template.csv")


@member_required
@require_POST
def import_errors(request: Request, pk: UUID) -> StreamingHttpResponse:
    """The rows that were not imported, with the reason, to be corrected and brought again. They leave: it is recorded."""
    job = get_object_or_404(Import.objects.of(request.workspace).select_related("file"), pk=pk)
    record_download(job, by=request.user, now=timezone.now())
    header, delimiter = (job.file.header, job.file.delimiter) if job.file else ([], ",")
    columns = ["Line", "Not imported because", *header]
    return _download(csv_lines(columns, left_behind(job), delimiter=delimiter), "not-imported.csv")


@member_required
@require_POST
def import_undo(request: Request, pk: UUID) -> HttpResponse:
    """One's own import; a manager takes back anybody's."""
    job = get_object_or_404(theirs(request), pk=pk)
    try:
        undo_import(job, by=request.user, now=timezone.now())
    except NotPossible as reason:
        messages.error(request, str(reason))
    return SeeOther(reverse("leads:import-detail", args=[pk]))


@member_required
@require_POST
def import_discard(request: Request, pk: UUID) -> HttpResponse:
    job = get_object_or_404(theirs(request), pk=pk)
    try:
        discard_import(job)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return SeeOther(reverse("leads:import-detail", args=[pk]))
    messages.success(request, f"“{job.name}” is discarded. Nothing of it was imported.")
    return SeeOther(reverse("leads:import-new"))


def theirs(request: Request) -> QuerySet[Import]:
    """The imports that somebody may act on: their own, as a manager all."""
    found = Import.objects.of(request.workspace)
    return found if request.membership.is_manager else found.filter(started_by=request.user)


def is_theirs(request: Request, job: Import) -> bool:
    """Whether somebody may act on it."""
    return request.membership.is_manager or job.started_by_id == request.user.pk


def _download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
