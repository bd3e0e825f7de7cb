"""The builder: describe whom one wants, start the run, save the search; and the saved searches."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.estimating import Refused, order
from leads.criteria import Criteria
from leads.forms.builder import BuilderForm, OrderForm
from leads.forms.criteria import understood
from leads.forms.prefill import short
from leads.models import Run, SavedSearch
from leads.saved_searches import deletable_by, save_search, visible_to
from leads.views.building import bound, page, url_of
from leads.views.starting import start_data


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def search_new(request: Request) -> HttpResponse:
    """The builder; its state is the query string. POST starts the run, or with `update` only renews the page."""
    if request.method != "POST":
        return page(request, bound(request, start_data(request)))
    if "update" in request.POST:
        return SeeOther(url_of(short(request.POST)))
    form, ordered = bound(request, request.POST), OrderForm(request.POST)
    if not ordered.is_valid():
        form.add_error(None, "This page is out of date. Check the estimate and start again.")
    run = _start(request, form, ordered) if form.is_valid() else None
    return SeeOther(reverse("leads:run-detail", args=[run.pk])) if run else page(request, form, status=422)


@require_POST
@member_required
def search_save(request: Request) -> HttpResponse:
    form = bound(request, request.POST)
    if not form.data.get("name", "").strip():
        form.add_error("name", "Give the search a name to save it under.")
    if not form.is_valid():
        return page(request, form, status=422)
    saved = _save(request, form)
    messages.success(request, f"“{saved.name}” is saved.")
    return SeeOther(f"{reverse('leads:search-new')}?saved={saved.pk}")


@require_safe
@member_required
def search_list(request: Request) -> HttpResponse:
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    found = visible_to(request.user, request.workspace).select_related("created_by").order_by("-updated_at", "-id")
    deletable = set(own.values_list("pk", flat=True))
    rows = [{"saved": saved, "described": _described(saved), "can_delete": saved.pk in deletable} for saved in found]
    return render(request, "leads/search_list.html", {"rows": rows})


@require_POST
@member_required
def search_delete(request: Request, pk: int) -> HttpResponse:
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    saved = get_object_or_404(own, pk=pk)
    saved.delete()
    messages.success(request, f"“{saved.name}” is deleted. Runs started from it stay.")
    return SeeOther(reverse("leads:search-list"))


def _start(request: Request, form: BuilderForm, ordered: OrderForm) -> Run | None:
    """The run, or None with the reason on the form."""
    brief, test = form.brief(), ordered.cleaned_data.get("test")
    if test:
        brief = replace(brief, most_leads=min(test, brief.most_leads))
    try:
        return order(
            request.workspace,
            brief,
            name=form.cleaned_data["name"],
            by=request.user,
            request_key=ordered.key,
            shown_at_most=ordered.shown,
            now=timezone.now(),
        )
    except Refused as reason:
        form.add_error(None, str(reason))
        return None


def _save(request: Request, form: BuilderForm) -> SavedSearch:
    brief = form.brief()
    return save_search(
        request.workspace,
        brief.criteria,
        name=form.cleaned_data["name"],
        sources=brief.sources,
        most_leads=brief.most_leads,
        lowest_grade=brief.lowest_grade,
        is_shared=form.cleaned_data["is_shared"],
        by=request.user,
        now=timezone.now(),
    )


def _described(saved: SavedSearch) -> str:
    criteria: Criteria = understood(saved.criteria)[0]
    return criteria.describe()
