"""What every request gets: its workspace, and a login redirect that htmx understands."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling, reswap, trigger_client_event

from leadengine.request import Request

Handler = Callable[[Request], HttpResponse]
CURRENT = "workspace_id"
logger = logging.getLogger(__name__)
SIGNED_OUT = "You were signed out. What you entered is still here: sign in in another tab, then go on."


class WorkspaceMiddleware:
    """Sets `request.workspace` and `request.membership` (one of `request.memberships`), or None for who has none.

    The session remembers which workspace somebody switched to; a membership that ended falls back to another one.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.memberships = self.memberships(request)
        request.membership = self.chosen(request)
        request.workspace = request.membership.workspace if request.membership else None
        if request.membership and not _renews_itself(request):
            _see(request.membership)
        return self.get_response(request)

    def memberships(self, request: Request) -> list[Any]:
        user = request.user
        if isinstance(user, AnonymousUser) or not user.is_authenticated:
            return []
        return list(user.memberships.filter(is_active=True).select_related("workspace").order_by("workspace_id"))

    def chosen(self, request: Request) -> Any | None:
        mine = request.memberships
        wanted = request.session.get(CURRENT) if mine else None
        return next((each for each in mine if each.workspace_id == wanted), mine[0] if mine else None)


def _renews_itself(request: Request) -> bool:
    """Whether a region asks, as those do that are polled: a page that was left open is nobody at work.

    Whoever filters, sorts or pages asks for the page that is open by another query; a lead is looked at beside the list.
    """
    asked = request.htmx
    if request.method != "GET" or not asked or asked.boosted or not asked.current_url:
        return False
    here = urlsplit(asked.current_url)
    is_elsewhere = request.path == here.path and request.META["QUERY_STRING"] != here.query
    return not is_elsewhere and asked.target != "peek"


def _see(membership: Any) -> None:
    """When somebody was last seen is worth no failed page."""
    try:
        membership.see(now=timezone.now())
    except DatabaseError:
        logger.warning("Could not write when a member was last seen", exc_info=True)


class HtmxSessionMiddleware:
    """Turns a login redirect inside an htmx request into a redirect of the whole page, and varies pages on HX-Request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if request.htmx and response.status_code == 302 and not request.user.is_authenticated:
            response = self.signed_out(request, response["Location"])
        patch_vary_headers(response, ["HX-Request"])
        return response

    def signed_out(self, request: Request, sign_in: str) -> HttpResponse:
        """A page that is asked for anew leads to sign-in; a region or a form must not take away what is being typed."""
        if request.method == "GET" and request.path == urlsplit(request.htmx.current_url or "").path:
            return HttpResponseClientRedirect(sign_in)
        words: dict[str, str] = {"text": SIGNED_OUT, "tone": "bad", "url": sign_in, "action": "Sign in"}
        answer = reswap(HttpResponseStopPolling(), "none")
        return trigger_client_event(answer, "toast", words)
