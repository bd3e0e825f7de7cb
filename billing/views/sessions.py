"""Signing in and out, being locked out, and switching the workspace."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from billing.forms import SignInForm
from leadengine.access import sign_in_required
from leadengine.answers import SeeOther
from leadengine.middleware import CURRENT
from leadengine.request import Request


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """The page; `next` names the page of this site that somebody was on the way to."""
    if request.user.is_authenticated and request.method == "GET":
        return SeeOther(_next(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        if not form.cleaned_data["remember"]:
            request.session.set_expiry(0)
        return SeeOther(_next(request))
    context = {"form": form, "next": _asked_next(request), "is_over": "over" in request.GET}
    return render(request, "billing/sign_in.html", context, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return SeeOther(reverse(settings.LOGOUT_REDIRECT_URL))


def locked_out(
    request: Request, _response: HttpResponse | None = None, _credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Answers whoever failed too often to sign in; django-axes calls it."""
    wait = get_cool_off(request)
    seconds = ceil(wait.total_seconds())
    context = {"minutes": ceil(seconds / 60), "until": timezone.localtime(timezone.now() + wait)}
    answer = render(request, "billing/locked_out.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


@require_POST
@sign_in_required
def switch(request: Request) -> HttpResponse:
    """Goes to another workspace of one's own; another's is not found."""
    key = request.POST.get("workspace", "")
    mine = request.user.memberships.filter(is_active=True)
    member = get_object_or_404(mine, workspace_id=int(key) if key.isdecimal() and len(key) < 19 else 0)
    request.session[CURRENT] = member.workspace_id
    return SeeOther(reverse(settings.LOGIN_REDIRECT_URL))


def _asked_next(request: Request) -> str:
    """Where to go on, if that is a page of this site; else nothing."""
    target = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


def _next(request: Request) -> str:
    return _asked_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
