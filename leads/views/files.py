"""A user's own files: brought, their columns confirmed, and then a source of runs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.wording import plural
from leads.file_columns import Unusable, columns, remap
from leads.file_heading import (
    doubtful_header,
    has_heading,
    take_first_row_for_header,
    take_header_for_data,
)
from leads.files import FileInUse, delete_file, store_file
from leads.forms.builder import MARK
from leads.forms.files import ColumnsForm, UploadForm
from leads.forms.prefill import short
from leads.linkedin_files import FILE, sources_with
from leads.models import UNDER_WAY, Import, SourceFile
from leads.views.building import FILES_OFFERED, bound, desk_of, page, url_of

ERRORS_SHOWN = 20
HEADINGS = {"header_is_data": take_header_for_data, "row_is_header": take_first_row_for_header}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def file_upload(request: Request) -> HttpResponse:
    """The workspace's files and a form for one more; sent from the builder, the search that is filled in there stays."""
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, form)
    file = store_file(request.workspace, form.parsed, by=request.user)
    return SeeOther(f"{reverse('leads:file-columns', args=[file.pk])}?{_search_with(request, file).urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def file_columns(request: Request, pk: UUID) -> HttpResponse:
    """What each column is; confirmed, the builder goes on with the file as a source. An import has a page of its own."""
    file = get_object_or_404(SourceFile.objects.of(request.workspace), pk=pk)
    if job := Import.objects.of(request.workspace).filter(file=file, step__in=UNDER_WAY).first():
        return SeeOther(reverse("leads:import-columns", args=[job.pk]))
    form = ColumnsForm(request.POST if request.method == "POST" else None, columns=columns(file))
    if any(each in request.POST for each in HEADINGS) and _is_read_again(request, file, form):
        return SeeOther(request.get_full_path())
    if request.method == "POST" and form.is_valid() and _remapped(file, form):
        messages.success(request, f"“{file.name}” is ready: {file.row_count:,} {plural(file.row_count, 'row')}.")
        return SeeOther(url_of(_search_with(request, file)))
    context = {"file": file, "form": form, "faults": file.errors[:ERRORS_SHOWN]}
    context |= {"doubtful": doubtful_header(file), "has_heading": has_heading(file)}
    return render(request, "leads/file_columns.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def file_delete(request: Request, pk: UUID) -> HttpResponse:
    """One's own file, or as a manager any; not while a run reads it."""
    file = get_object_or_404(_deletable(request), pk=pk)
    try:
        delete_file(file)
    except FileInUse as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"“{file.name}” and its rows are deleted. Leads found in it stay.")
    return SeeOther(reverse("leads:file-upload"))


def _deletable(request: Request) -> QuerySet[SourceFile]:
    files = SourceFile.objects.of(request.workspace)
    return files if request.membership.is_manager else files.filter(uploaded_by=request.user)


def _refused(request: Request, form: UploadForm) -> HttpResponse:
    """The page from which the file was sent, with what is wrong with it."""
    if MARK not in request.POST:
        return _upload_page(request, form, status=422)
    desk = desk_of(request)
    builder = bound(request, request.POST, desk)
    builder.add_error("file", form.errors["upload"].as_data())
    return page(request, builder, desk, status=422)


def _upload_page(request: Request, form: UploadForm, *, status: int = 200) -> HttpResponse:
    files = SourceFile.objects.of(request.workspace).select_related("uploaded_by").order_by("-created_at", "-id")
    deletable = set(_deletable(request).values_list("pk", flat=True))
    context = {"form": form, "files": files[:FILES_OFFERED], "deletable": deletable}
    return render(request, "leads/file_upload.html", context, status=status)


def _is_read_again(request: Request, file: SourceFile, form: ColumnsForm) -> bool:
    act = next(act for name, act in HEADINGS.items() if name in request.POST)
    try:
        act(file)
    except Unusable as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _remapped(file: SourceFile, form: ColumnsForm) -> bool:
    try:
        remap(file, form.mapping)
    except Unusable as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _search_with(request: Request, file: SourceFile) -> QueryDict:
    """The search under way, with the file as a source: of the builder's form, or of the query string."""
    said = request.POST if MARK in request.POST else request.GET
    query = short(said)
    if MARK not in said:
        del query[MARK]  # no search is under way: the builder begins with what it always begins with
    query["file"] = str(file.pk)
    query.setlist("sources", sources_with([*query.getlist("sources"), FILE], file.header))
    return query
