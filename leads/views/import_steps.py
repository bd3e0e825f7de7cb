"""The columns of an import: how the file is read, what each column is, whom a row may be, and where the data is from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.import_preparing import NotPossible, Terms, read_again, start_check
from leads.csv_reading import DELIMITER_NAMES, ENCODINGS, BadFile
from leads.file_columns import Column, Unusable, columns, field_labels
from leads.file_headers import NAMING
from leads.file_heading import doubtful_header, has_heading, take_header_for_data
from leads.files import read_csv, store_again
from leads.forms.imports import MapForm, ReadForm
from leads.import_marks import Mark, first_values, mark
from leads.models import UNFINISHED, Import, ImportStep, ImportUpload, SourceFile
from leads.views.imports import is_theirs

AS_BROUGHT = "The file is as it was brought: correct its cells and say its countries again."


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: Request, pk: UUID) -> HttpResponse:
    """Each column with its first values and what it is read as; confirmed, the file is checked."""
    job = open_import(request, pk)
    if isinstance(job, SeeOther):
        return job
    form = _form(request, job)
    if "header_is_data" in request.POST:
        _is_read_again(request, job, take_header_for_data)
        return SeeOther(request.path)
    if request.method == "POST" and form.is_valid() and _is_begun(job, form):
        return SeeOther(reverse("leads:import-check", args=[pk]))
    context = _page(job, form) | {"is_theirs": is_theirs(request, job)}
    return render(request, "leads/import_columns.html", context, status=422 if form.errors else 200)


@member_required
@require_safe
def import_column(request: Request, pk: UUID) -> HttpResponse:
    """How sure we are of one column, read as somebody chose just now."""
    job = get_object_or_404(_with_file(request), pk=pk)
    if not request.htmx:
        return SeeOther(reverse("leads:import-columns", args=[pk]))
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
    else:
        _read_as(request, job, bytes(upload.content), form)
    return SeeOther(reverse("leads:import-columns", args=[pk]))


def open_import(request: Request, pk: UUID) -> Import | SeeOther:
    """The import, or the way to what became of it, if it has begun; to act, one's own, as a manager anybody's."""
    job: Import = get_object_or_404(_with_file(request), pk=pk)
    if job.step not in UNFINISHED or job.file is None:
        return SeeOther(reverse("leads:import-detail", args=[pk]))
    if request.method == "POST" and not is_theirs(request, job):
        messages.error(request, f"Only {job.started_by.name} or a manager can go on with it.")
        return SeeOther(reverse("leads:import-check", args=[pk]))
    return job


def _with_file(request: Request) -> Any:
    return Import.objects.of(request.workspace).select_related("file", "started_by", "workspace")


def _form(request: Request, job: Import) -> MapForm:
    initial = {"match_by": job.match_by, "on_match": job.on_match, "source_note": job.source_note}
    return MapForm(request.POST if request.method == "POST" else None, columns=columns(job.file), initial=initial)


def _terms(form: MapForm) -> Terms:
    return Terms(*(form.cleaned_data[name] for name in ("match_by", "on_match", "source_note")))


def _is_begun(job: Import, form: MapForm) -> bool:
    try:
        start_check(job, _terms(form), mapping=form.mapping, now=timezone.now())
    except (NotPossible, Unusable) as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _read_as(request: Request, job: Import, content: bytes, form: ReadForm) -> None:
    try:
        parsed = read_csv(content, job.name, **form.cleaned_data)
    except BadFile as fault:
        messages.error(request, f"Read like that it is no list: {fault}")
    else:
        if _is_read_again(request, job, lambda file: store_again(file, parsed)) and job.step == ImportStep.CHECK:
            messages.info(request, AS_BROUGHT)


def _is_read_again(request: Request, job: Import, act: Callable[[SourceFile], None]) -> bool:
    try:
        read_again(job, act)
    except NotPossible as reason:
        messages.error(request, str(reason))
        return False
    return True


def _rows(job: Import, form: MapForm) -> list[tuple[Column, BoundField, Mark]]:
    values = first_values(job.file)
    return [(each, field, mark(field.value() or "", each.header, values[each.position])) for each, field in form.rows]


def _reading(file: SourceFile) -> dict[str, Any]:
    encoding = file.encoding.removesuffix("-sig")
    return {"encoding": encoding, "delimiter": file.delimiter, "heading": has_heading(file)}


def _page(job: Import, form: MapForm) -> dict[str, Any]:
    file, rows = job.file, _rows(job, form)
    chosen = {field.value() for _, field, _ in rows}
    return {
        "job": job,
        "file": file,
        "form": form,
        "rows": rows,
        "reading": ReadForm(initial=_reading(file)),
        "has_heading": has_heading(file),
        "encoding": ENCODINGS.get(file.encoding.removesuffix("-sig"), file.encoding),
        "delimiter": DELIMITER_NAMES.get(file.delimiter, file.delimiter).lower(),
        "can_read_again": ImportUpload.objects.of(job.workspace_id).filter(of=job).exists(),
        "doubtful": doubtful_header(file),
        "needed": [(label, name in chosen) for name, label in field_labels().items() if name in NAMING],
        "step": ImportStep.MAP,
    }
