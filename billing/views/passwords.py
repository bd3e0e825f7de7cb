"""Changing a password, and setting a new one by link when it was forgotten."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from billing.forms import ChangePasswordForm, NewPasswordForm, ResetRequestForm
from billing.reset_links import user_of
from billing.throttling import may_ask_for_link
from leadengine.access import sign_in_required
from leadengine.answers import SeeOther
from leadengine.request import Request

TOO_MANY_LINKS = "Too many links were asked for. Look into your inbox, or try again in an hour."


@sensitive_post_parameters()
@sign_in_required
@require_http_methods(["GET", "POST"])
def password_change(request: Request) -> HttpResponse:
    """Ends the other sessions of the person, keeps this one."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Your password is changed. Other devices are signed out.")
        return SeeOther(reverse("billing:password-change"))
    return render(request, "billing/password_change.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def password_reset(request: Request) -> HttpResponse:
    """Sends a link by e-mail; without a mail server the page says whom to ask."""
    if not settings.HAS_MAIL_SERVER:
        return render(request, "billing/password_reset_by_hand.html")
    form = ResetRequestForm(request.POST or None)
    if not form.is_valid():
        return render(request, "billing/password_reset.html", {"form": form}, status=422 if form.is_bound else 200)
    if not may_ask_for_link(request, form.cleaned_data["email"], now=timezone.now()):
        form.add_error(None, TOO_MANY_LINKS)
        return render(request, "billing/password_reset.html", {"form": form}, status=429)
    form.save(
        request=request,
        use_https=request.is_secure(),
        subject_template_name="billing/password_reset_subject.txt",
        email_template_name="billing/password_reset_mail.txt",
    )
    return SeeOther(reverse("billing:password-reset-sent"))


@require_safe
def password_reset_sent(request: Request) -> HttpResponse:
    return render(request, "billing/password_reset_sent.html")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_reset_confirm(request: Request, code: str, token: str) -> HttpResponse:
    """Sets a new password for whoever the link belongs to."""
    user = user_of(code, token)
    if user is None:
        return render(request, "billing/password_reset_expired.html", status=410)
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        messages.success(request, "Your new password is set. Sign in with it.")
        return SeeOther(reverse("billing:sign-in"))
    context = {"form": form, "person": user}
    return render(request, "billing/password_reset_confirm.html", context, status=422 if form.is_bound else 200)
