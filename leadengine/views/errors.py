"""Pages for what went wrong: what happened, that nothing was charged, how to go on, and a reference for the log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _bare(request, "400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither session nor database, which may be what broke."""
    return _bare(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: too old, or sent from elsewhere. The way back is the page it was sent from."""
    sender = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(sender, {request.get_host()}, require_https=request.is_secure())
    return render(request, "403_csrf.html", {"back": sender if is_ours else ""}, status=403)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """The page without the frame; `again` is the address to try once more, where trying again changes nothing."""
    context: dict[str, Any] = {"reference": getattr(request, "reference", "")}
    if request.method == "GET":
        context["again"] = request.get_full_path()
    return HttpResponse(render_to_string(template, context), status=status)
