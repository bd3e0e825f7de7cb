"""The columns of an import: how the file is read, what each column is, whom a row may be, and where the data is from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.import_preparing import Terms, start_check
from leads.csv_reading import DELIMITER_NAMES, ENCODINGS, BadFile
from leads.file_columns import Unusable, columns, field_labels, remap
from leads.file_headers import NAMING
from leads.file_heading import doubtful_header, take_header_for_data
from leads.files import read_csv, store_again
from leads.forms.imports import MapForm, ReadForm
from leads.import_marks import first_values, mark
from leads.models import UNFINISHED, Import, ImportStep, ImportUpload


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Request, pk: UUID) -> HttpResponse:
    """Each column with its first values and what it is read as; confirmed, the file is checked."""
    job = open_import(request, pk)
    if isinstance(job, SeeOther):
        return job
    form = _form(request, job)
    if "header_is_data" in request.POST:
        _take_header_for_data(request, job)
        return SeeOther(request.path)
    if request.method == "POST" and form.is_valid() and _is_mapped(job, form):
        start_check(job, _terms(form), now=timezone.now())
        return SeeOther(reverse("leads:import-check", args=[pk]))
    return render(request, "leads/import_columns.html", _page(job, form), status=422 if form.errors else 200)


@member_required
@require_safe
def import_column(request: Request, pk: UUID) -> HttpResponse:
    """How sure we are of one column, read as somebody chose just now."""
    job = get_object_or_404(_with_file(request), pk=pk)
    position = request.GET.get("position", "0")
    place = int(position) if position.isdecimal() else 0
    if job.file is None or place >= len(job.file.header):
        raise Http404
    field = request.GET.get(f"column_{place}", "")
    found = mark(field if field in field_labels() else "", job.file.header[place], first_values(job.file)[place])
    return render(request, "leads/_import_mark.html", {"mark": found})


@member_required
@require_POST
def import_read(request: Request, pk: UUID) -> HttpResponse:
    """The file in another encoding, or cut at another sign."""
    job, form = open_import(request, pk), ReadForm(request.POST)
    if isinstance(job, SeeOther):
        return job
    upload = ImportUpload.objects.of(request.workspace).filter(of=job).first()
    if upload is None or not form.is_valid():
        messages.error(request, "The file itself is not kept any more: bring it again to read it another way.")
    elif job.file:
        try:
            store_again(job.file, read_csv(bytes(upload.content), job.name, **form.cleaned_data))
        except BadFile as fault:
            messages.error(request, f"Read like that it is no list: {fault}")
    return SeeOther(reverse("leads:import-columns", args=[pk]))


def open_import(request: Request, pk: UUID) -> Import | SeeOther:
    """The import, or the way to what became of it, if it has begun."""
    job: Import = get_object_or_404(_with_file(request), pk=pk)
    is_open = job.step in UNFINISHED and job.file is not None
    return job if is_open else SeeOther(reverse("leads:import-detail", args=[pk]))


def _with_file(request: Request) -> Any:
    return Import.objects.of(request.workspace).select_related("file", "started_by", "workspace")


def _form(request: Request, job: Import) -> MapForm:
    initial = {"match_by": job.match_by, "on_match": job.on_match, "source_note": job.source_note}
    return MapForm(request.POST if request.method == "POST" else None, columns=columns(job.file), initial=initial)


def _terms(form: MapForm) -> Terms:
    return Terms(*(form.cleaned_data[name] for name in ("match_by", "on_match", "source_note")))


def _is_mapped(job: Import, form: MapForm) -> bool:
    try:
        remap(job.file, form.mapping)
    except Unusable as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _take_header_for_data(request: Request, job: Import) -> None:
    try:
        take_header_for_data(job.file)
    except Unusable as reason:
        messages.error(request, str(reason))


def _page(job: Import, form: MapForm) -> dict[str, Any]:
    file, values = job.file, first_values(job.file)
    rows = [
        (column, field, mark(field.value() or "", column.header, values[column.position]))
        for column, field in form.rows
    ]
    chosen = {field.value() for _, field, _ in rows}
    return {
        "job": job,
        "file": file,
        "form": form,
        "rows": rows,
        "reading": ReadForm(initial={"encoding": file.encoding.removesuffix("-sig"), "delimiter": file.delimiter}),
        "encoding": ENCODINGS.get(file.encoding.removesuffix("-sig"), file.encoding),
        "delimiter": DELIMITER_NAMES.get(file.delimiter, file.delimiter).lower(),
        "can_read_again": ImportUpload.objects.of(job.workspace_id).filter(of=job).exists(),
        "doubtful": doubtful_header(file),
        "needed": [(label, name in chosen) for name, label in field_labels().items() if name in NAMING],
        "step": ImportStep.MAP,
    }
