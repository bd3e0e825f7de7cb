"""The builder: describe whom one wants, start the run, save the search."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.desk import Desk
from leadengine.workflows.estimating import Refused, order
from leads.directory.wording import settled
from leads.forms.builder import BuilderForm, OrderForm
from leads.forms.prefill import short
from leads.models import Run, SavedSearch
from leads.saved_searches import SearchContent, save_search
from leads.views.building import bound, desk_of, is_sound, page, url_of
from leads.views.starting import described, start_data

LONGEST_ADDRESS = 4_000  # characters; the web server reads request lines of 4,094
CHANGED = "The search was changed after its price was worked out. Check matches and price, which follow it now, and start again."


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@settled()
def search_new(request: Request) -> HttpResponseBase:
    """The builder; its state is the query string. POST starts the run, or with `update` renews the page, by a sentence too."""
    if _is_named_by_enter(request):
        return search_save(request)
    desk = desk_of(request)
    if "update" in request.POST:
        return _renewed(request, desk)
    if request.method != "POST":
        return page(request, bound(request, start_data(request, desk), desk), desk)
    form, ordered = bound(request, request.POST, desk), OrderForm(request.POST)
    if not ordered.is_valid():
        form.add_error(None, "This page is out of date. Check the estimate and start again.")
    elif form.is_valid() and ordered.cleaned_data["shown_search"] != form.brief().fingerprint:
        form.add_error(None, CHANGED)
    run = _start(request, form, ordered) if form.is_valid() else None
    return SeeOther(reverse("leads:run-detail", args=[run.pk])) if run else page(request, form, desk, status=422)


@require_POST
@member_required
@settled()
def search_save(request: Request) -> HttpResponse:
    desk = desk_of(request)
    form = bound(request, request.POST, desk)
    if not form.data.get("name", "").strip():
        form.add_error("name", "Give the search a name to save it under.")
    if not form.is_valid():
        return page(request, form, desk, status=422)
    saved = _save(request, form)
    messages.success(request, f"“{saved.name}” is saved.")
    return SeeOther(f"{reverse('leads:search-new')}?saved={saved.pk}")


def _renewed(request: Request, desk: Desk) -> HttpResponseBase:
    """The form by its address, with a sentence that waits to be filled in; what is too long for one is the page itself."""
    data, said = request.POST, request.POST.get("said", "").strip()
    is_filled_in = data["update"] == "sentence"
    query = short(described(data) if is_filled_in else data)
    address = url_of(query)
    if said and said != query.get("sentence"):
        address += f"&{urlencode({'said': said})}"
    if len(address) <= LONGEST_ADDRESS:
        return SeeOther(address)
    form = bound(request, query, desk)
    return page(request, form, desk, status=200 if is_sound(form) else 422)


def _is_named_by_enter(request: Request) -> bool:
    """Whether somebody without script typed a name and pressed Enter, for which a browser takes the form's first button."""
    typed = request.POST.get("name", "").strip()
    return request.POST.get("update") == "enter" and typed not in ("", request.POST.get("named", "").strip())


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
    content = SearchContent(
        criteria=brief.criteria,
        sources=brief.sources,
        most_leads=brief.most_leads,
        most_credits=brief.most_credits,
        lowest_grade=brief.lowest_grade,
        new_only=brief.new_only,
        verify_emails=brief.verify_emails,
        file_id=brief.file_id,
    )
    said = form.cleaned_data
    return save_search(
        request.workspace, said["name"], content, is_shared=said["is_shared"], by=request.user, now=timezone.now()
    )
