"""The estimate beside the builder, renewed while one types."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django_htmx.http import replace_url

from leadengine.access import member_required
from leadengine.request import Request
from leads.forms.prefill import short
from leads.views.building import bound, estimate_context, url_of


@require_GET
@member_required
def search_estimate(request: Request) -> HttpResponse:
    """The region alone, 422 where something cannot be understood; opened by itself it is the whole page."""
    if not request.htmx:
        return redirect(url_of(short(request.GET)))
    form = bound(request, request.GET)
    context = estimate_context(request, form)
    status = 200 if form.is_valid() else 422
    return replace_url(render(request, "leads/_estimate_region.html", context, status=status), context["url"])
