"""Who may open a view: decorators for the views of all apps; they read what the middleware put on the request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from leadengine.request import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponseBase]


def member_required(view: View[P]) -> View[P]:
    """A visitor is sent to the sign-in page and back; somebody without a workspace gets a page that says so (403)."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _refusal(request) or view(request, *args, **kwargs)

    return guarded


def manager_required(view: View[P]) -> View[P]:
    """As `member_required`; a member who is no manager gets a page that names whom to ask (403)."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return _refusal(request) or _refusal_of_reps(request) or view(request, *args, **kwargs)

    return guarded


def sign_in_required(view: View[P]) -> View[P]:
    """For views that need a person but no workspace."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def staff_required(view: View[P]) -> View[P]:
    """For pages of those who build and run the product; anybody else is told so (403)."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def to_sign_in(request: Request) -> HttpResponse:
    """To the sign-in page and back; it is told when there was a session, and that it is over."""
    answer = redirect_to_login(way_back(request))
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        answer["Location"] += "&over=1"
    return answer


def way_back(request: Request) -> str:
    """The page to go on with after signing in: never a region or a form's target, which are no pages."""
    if request.htmx and not request.htmx.boosted:
        return request.htmx.current_url_abs_path or "/"
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sender = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(sender, {request.get_host()})
    return urlsplit(sender)._replace(scheme="", netloc="").geturl() if is_ours else "/"


def _refusal(request: Request) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if request.membership is None:
        return render(request, "billing/no_workspace.html", status=403)
    return None


def managers_of(workspace: Any) -> list[Any]:
    """Whom a rep may ask: the active managers, then the owners."""
    members = workspace.memberships.filter(is_active=True, role__in=["manager", "owner"])
    return [each.user for each in members.select_related("user").order_by("role", "user__email")]


def _refusal_of_reps(request: Request) -> HttpResponse | None:
    if request.membership.is_manager:
        return None
    return render(request, "billing/manager_needed.html", {"managers": managers_of(request.workspace)}, status=403)
