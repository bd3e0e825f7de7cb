"""Choosing light, dark or the system's theme by a form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leadengine.request import Request
from leadengine.themes import remember_theme


@require_POST
def theme(request: Request) -> HttpResponse:
    """Remembers `theme` and returns to `next` on this site; htmx gets a 204."""
    response = HttpResponse(status=204) if request.htmx else HttpResponseRedirect(_way_back(request))
    remember_theme(request, response, request.POST.get("theme", ""))
    return response


def _way_back(request: Request) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"
