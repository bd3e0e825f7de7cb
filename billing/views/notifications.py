"""The bell's page: what one was told, opened, marked read and unread; and where one wants to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from billing.models import Notification
from billing.notice_forms import NoticesForm
from billing.notifying import mark
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.wording import plural

PER_PAGE = 25


@member_required
@require_safe
def notifications(request: Request) -> HttpResponse:
    template = "billing/_notifications.html" if wants_region(request) else "billing/notifications.html"
    return render(request, template, _context(request))


@member_required
@require_POST
def notification_read(request: Request, pk: UUID) -> HttpResponse:
    """Marks one read, or unread when `read` is empty; with `open` goes on to what it is about."""
    found = get_object_or_404(_shown(request), pk=pk)
    is_read = "open" in request.POST or request.POST.get("read", "on") == "on"
    mark(_shown(request).filter(pk=pk), is_read=is_read, now=timezone.now())
    return SeeOther(found.url) if "open" in request.POST else _listed(request)


@member_required
@require_POST
def notifications_read(request: Request) -> HttpResponse:
    """Marks all of them read."""
    number = mark(_shown(request), is_read=True, now=timezone.now())
    if not wants_region(request):
        messages.success(request, f"{number} {plural(number, 'notification')} marked read.")
    return _listed(request)


@member_required
@require_http_methods(["GET", "POST"])
def settings_notifications(request: Request) -> HttpResponse:
    kept = request.user.notices
    data = request.POST if request.method == "POST" else None
    form = NoticesForm(
        data, kept=kept, is_manager=request.membership.is_manager, has_mail_server=settings.HAS_MAIL_SERVER
    )
    if form.is_bound and form.is_valid():
        request.user.notices = form.chosen()
        request.user.save(update_fields=["notices"])
        messages.success(request, "Saved: it holds for what happens from now on.")
        return SeeOther(reverse("billing:settings-notifications"))
    context = {"form": form, "has_mail_server": settings.HAS_MAIL_SERVER}
    return render(request, "billing/settings_notifications.html", context, status=422 if form.errors else 200)


def _shown(request: Request) -> Any:
    return Notification.objects.of(request.workspace).shown_to(request.user)


def _listed(request: Request) -> HttpResponse:
    """The list as it is now; the bell is told to count again."""
    if not wants_region(request):
        return SeeOther(reverse("billing:notifications"))
    return trigger_client_event(render(request, "billing/_notifications.html", _context(request)), "frame-due")


def _context(request: Request) -> dict[str, Any]:
    found = _shown(request).order_by("-created_at", "-id")
    number = request.GET.get("page") or request.POST.get("page")
    return {"page": Paginator(found, PER_PAGE).get_page(number), "unread": found.unread().count()}
