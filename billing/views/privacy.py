"""The privacy settings: who opted out, how long a lead stays known, and how long it is kept at all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.retention import set_retention
from billing.reuse_window import set_reuse_days
from billing.settings_forms import RetentionForm, ReuseForm
from leadengine.access import manager_required, managers_of, member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.workflows.retaining import count_due


@member_required
@require_safe
def privacy(request: Request) -> HttpResponse:
    return _page(request)


@manager_required
@require_http_methods(["GET", "POST"])
def reuse_days(request: Request) -> HttpResponse:
    if request.method == "GET":
        return SeeOther(reverse("billing:settings-privacy"))
    form = ReuseForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    set_reuse_days(request.workspace, form.cleaned_data["days"], by=request.user, now=timezone.now())
    messages.success(request, "Saved: it holds for runs from now on.")
    return SeeOther(reverse("billing:settings-privacy"))


@manager_required
@require_http_methods(["GET", "POST"])
def retention(request: Request) -> HttpResponse:
    """GET counts what would fall due; POST saves, if no more would be erased than the page had said."""
    form = RetentionForm(request.POST if request.method == "POST" else request.GET)
    context = _due(request, form)
    if request.method == "GET":
        if request.htmx and not request.htmx.boosted:
            return render(request, "billing/_retention_due.html", context | {"is_region": True})
        return _page(request, **context)
    if form.is_valid() and form.confirm(context["due"]):
        set_retention(request.workspace, form.cleaned_data["days"], by=request.user, now=timezone.now())
        messages.success(request, "Saved.")
        return SeeOther(reverse("billing:settings-privacy"))
    return _page(request, status=422, **context)


def _due(request: Request, form: RetentionForm) -> dict[str, Any]:
    days = form.cleaned_data["days"] if form.is_valid() else None
    return {"keep": form, "days": days, "due": count_due(request.workspace, days, now=timezone.now())}


def _page(request: Request, *, status: int = 200, **given: Any) -> HttpResponse:
    days = request.workspace.retention_days
    due = count_due(request.workspace, days, now=timezone.now()) if request.membership.is_manager else 0
    context = {"keep": RetentionForm(initial={"days": days}), "days": days, "due": due}
    context["managers"] = managers_of(request.workspace) if not request.membership.is_manager else []
    context["form"] = ReuseForm(initial={"days": request.workspace.reuse_days})
    return render(request, "billing/settings_privacy.html", context | given, status=status)
