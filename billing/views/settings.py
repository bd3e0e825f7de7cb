"""The settings: an overview, one's own profile and display, and the workspace's limits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.settings_forms import DisplayForm, ProfileForm
from billing.views.limits import limits_context
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.themes import remember_theme


@member_required
@require_safe
def settings(request: Request) -> HttpResponse:
    """What can be set, as a list: on a phone the way to each section."""
    return render(request, "billing/settings.html")


@member_required
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Your name is saved.")
        return SeeOther(reverse("billing:settings-profile"))
    request.user.refresh_from_db(fields=["first_name", "last_name"])
    return render(request, "billing/settings_profile.html", {"form": form}, status=422 if form.errors else 200)


@member_required
@require_http_methods(["GET", "POST"])
def display(request: Request) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = DisplayForm(data, instance=request.user, shown_theme=request.COOKIES.get("theme", ""))
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, "Saved, here and on every machine you sign in at.")
        response = SeeOther(reverse("billing:settings-display"))
        remember_theme(request, response, form.cleaned_data["theme"])
        return response
    request.user.refresh_from_db(fields=["theme", "density", "has_keys"])
    return render(request, "billing/settings_display.html", {"form": form}, status=422 if form.errors else 200)


@member_required
@require_safe
def limits(request: Request) -> HttpResponse:
    """What each role may do, and who may spend what."""
    return render(request, "billing/settings_limits.html", limits_context(request, now=timezone.now()))
