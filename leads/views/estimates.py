"""What the builder asks for while one types: the estimate, and the terms that complete a list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django_htmx.http import replace_url

from leadengine.access import member_required
from leadengine.request import Request
from leads.directory.wording import settled
from leads.forms.builder import complete
from leads.forms.criteria import CriteriaForm
from leads.forms.prefill import short
from leads.suggesting import suggest
from leads.views.building import bound, desk_of, estimate_context, url_of

LONGEST_TYPED = 80


@require_GET
@member_required
@settled()
def search_estimate(request: Request) -> HttpResponse:
    """The region alone, 422 where something cannot be understood; opened by itself it is the whole page."""
    if not request.htmx:
        return redirect(url_of(short(request.GET)))
    desk = desk_of(request)
    form = bound(request, request.GET, desk)
    context = estimate_context(request, form, desk)
    status = 200 if form.is_valid() else 422
    return replace_url(render(request, "leads/_estimate_region.html", context, status=status), context["url"])


@require_GET
@member_required
@settled()
def search_suggest(request: Request) -> HttpResponse:
    """The options of a list of words: `field` says which one, `q` what was typed; the other criteria narrow the counts."""
    field, text = request.GET.get("field", ""), request.GET.get("q", "")[:LONGEST_TYPED]
    form = CriteriaForm(complete(request.GET, CriteriaForm.base_fields))
    form.is_valid()
    found = suggest(field, text, form.criteria, includes_samples=request.workspace.is_sample, now=timezone.now())
    return render(request, "leads/_suggestions.html", {"suggestions": found})
