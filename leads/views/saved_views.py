"""Saved views of the list of leads: saved, renamed, shared, renewed, deleted and brought back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import Undo, flash
from leads.forms.editing import ViewForm
from leads.models import SavedView
from leads.models.view import SavedViewQuerySet
from leads.saved_views import NameTaken, delete_view, describe_view, renew_view, restore_view, save_view
from leads.views.browsing import Browsing
from leads.views.leads import list_context


@member_required
@require_POST
def view_add(request: Request) -> HttpResponse:
    browsing, form = Browsing(request, timezone.now()), ViewForm(request.POST)
    if not form.is_valid():
        return _refused(browsing, form)
    kept: dict[str, Any] = {"query": browsing.query.text, "columns": browsing.column_keys, "sort": browsing.sort}
    try:
        view = save_view(request.workspace, **form.cleaned_data, **kept, by=request.user, now=browsing.now)
    except NameTaken as error:
        form.add_error("name", str(error))
        return _refused(browsing, form)
    flash(request, f"“{view.name}” is saved as a tab.")
    return SeeOther(_url(view))


@member_required
@require_POST
def view_edit(request: Request, pk: int) -> HttpResponse:
    view, form = _find(request, pk), ViewForm(request.POST)
    if not form.is_valid():
        return _refused(Browsing(request, timezone.now()), form, view)
    try:
        describe_view(view, **form.cleaned_data, now=timezone.now())
    except NameTaken as error:
        form.add_error("name", str(error))
        return _refused(Browsing(request, timezone.now()), form, view)
    flash(request, f"“{view.name}” is saved.")
    return SeeOther(_url(view))


@member_required
@require_POST
def view_renew(request: Request, pk: int) -> HttpResponse:
    """Keeps the filters and the order on the page under the view's name."""
    view, browsing = _find(request, pk), Browsing(request, timezone.now())
    renew_view(view, query=browsing.query.text, columns=browsing.column_keys, sort=browsing.sort, now=browsing.now)
    flash(request, f"“{view.name}” now shows this.")
    return SeeOther(_url(view))


@member_required
@require_POST
def view_delete(request: Request, pk: int) -> HttpResponse:
    view = _find(request, pk)
    delete_view(view, now=timezone.now())
    flash(request, f"“{view.name}” is deleted.", undo=Undo(reverse("leads:view-restore", args=[view.pk])))
    return SeeOther(reverse("leads:lead-list"))


@member_required
@require_POST
def view_restore(request: Request, pk: int) -> HttpResponse:
    view = _find(request, pk)
    try:
        restore_view(view)
    except NameTaken as error:
        flash(request, f"{error} Rename that one first.")
        return SeeOther(reverse("leads:lead-list"))
    flash(request, f"“{view.name}” is back.")
    return SeeOther(_url(view))


def _refused(browsing: Browsing, form: ViewForm, view: SavedView | None = None) -> HttpResponse:
    context = {**list_context(browsing), "view_form": form, "form_view": view}
    return render(browsing.request, "leads/lead_list.html", context, status=422)


def changeable_views(request: Request) -> SavedViewQuerySet:
    """Those that this person may change."""
    mine = SavedView.objects.of(request.workspace)
    return mine.changeable_by(request.user, is_manager=request.membership.is_manager)


def _find(request: Request, pk: int) -> SavedView:
    return get_object_or_404(changeable_views(request), pk=pk)


def _url(view: SavedView) -> str:
    return f"{reverse('leads:lead-list')}?view={view.pk}"
