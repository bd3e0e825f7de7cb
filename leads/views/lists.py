"""Static lists: all of them, the leads on one, and putting leads on and taking them off."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash
from leadengine.wording import plural
from leadengine.workflows.editing import edit_leads
from leads import grouping
from leads.discarding import discard
from leads.editing import Change
from leads.forms.grouping import ChosenForm, NameForm
from leads.group_listing import leads_on, list_rows
from leads.models import EditedField, LeadEdit, LeadList
from leads.models.lead import LeadQuerySet
from leads.views.edit_undo import way_back
from leads.views.telling import told

PAGE = 50


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def list_list(request: Request) -> HttpResponse:
    """All lists; POST makes one and goes to it."""
    form = NameForm(request.POST if request.method == "POST" else None, of=request.workspace, kind=LeadList)
    if form.is_valid():
        made = grouping.create_list(request.workspace, form.cleaned_data["name"], by=request.user, now=timezone.now())
        return SeeOther(url_of(made))
    context = {"rows": list_rows(request.workspace), "form": form}
    return render(request, "leads/list_list.html", context, status=422 if form.is_bound else 200)


@member_required
@require_safe
def list_detail(request: Request, pk: int) -> HttpResponse:
    found = find_list(request, pk)
    return _page(request, found, NameForm(of=request.workspace, kind=LeadList, group=found))


@member_required
@require_POST
def list_rename(request: Request, pk: int) -> HttpResponse:
    found = find_list(request, pk)
    form = NameForm(request.POST, of=request.workspace, kind=LeadList, group=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    before = grouping.rename(found, form.cleaned_data["name"])
    flash(request, f"“{before}” is now “{found.name}”.", undo=Undo(request.path, {"name": before}))
    return SeeOther(url_of(found))


@member_required
@require_POST
def list_delete(request: Request, pk: int) -> HttpResponse:
    kept = discard(find_list(request, pk), now=timezone.now())
    undo = Undo(reverse("leads:group-restore", args=[kept.pk]))
    flash(request, f"The list “{kept.name}” is deleted. Its leads stay.", undo=undo)
    return SeeOther(reverse("leads:list-list"))


@member_required
@require_POST
def list_remove(request: Request, pk: int) -> HttpResponse:
    """Takes the leads that the request names off the list, however many."""
    found = find_list(request, pk)
    made = _edited(request, EditedField.UNLIST, found)
    text = f"{_counted(made.changed)} taken off “{found.name}”."
    return told(request, text, url=url_of(found), undo=way_back(made, to=url_of(found)))


@member_required
@require_POST
def list_add(request: Request, pk: int) -> HttpResponse:
    found = find_list(request, pk)
    made = _edited(request, EditedField.LIST, found)
    text = f"{_counted(made.changed)} added to “{found.name}”."
    return told(request, text, url=url_of(found), undo=way_back(made, to=url_of(found)))


def find_list(request: Request, pk: int) -> LeadList:
    return get_object_or_404(LeadList.objects.of(request.workspace).select_related("created_by"), pk=pk)


def url_of(found: LeadList) -> str:
    return reverse("leads:list-detail", args=[found.pk])


def _edited(request: Request, field: EditedField, found: LeadList) -> LeadEdit:
    change, now = Change(field, found), timezone.now()
    return edit_leads(_chosen(request), change, workspace=request.workspace, by=request.user, now=now)


def _chosen(request: Request) -> LeadQuerySet:
    """The leads that the request names, one or more in a field; nobody where it names one that is not there."""
    named = [each for text in request.POST.getlist("lead") for each in text.split(",")]
    form = ChosenForm({"lead": named}, of=request.workspace)
    return form.cleaned_data["lead"] if form.is_valid() else form.fields["lead"].queryset.none()  # type: ignore[attr-defined]


def _counted(number: int) -> str:
    return f"{number:,} {plural(number, 'lead')}"


def _page(request: Request, found: LeadList, form: NameForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(leads_on(found), PAGE).get_page(request.GET.get("page"))
    context = {"list": found, "page": page, "form": form}
    template = "leads/_list_leads.html" if wants_region(request) else "leads/list_detail.html"
    return render(request, template, context, status=status)
