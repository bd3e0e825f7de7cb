"""The suppression list of a workspace: everybody sees how long it is, managers add to it and take off."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.wording import plural
from leadengine.workflows.suppression import lift_suppression, suppress_and_mark
from leads.forms.lead import SuppressionForm
from leads.models import Suppression

PAGE = 50


@member_required
@require_safe
def suppression_list(request: Request) -> HttpResponse:
    return _page(request, SuppressionForm())


@manager_required
@require_POST
def suppression_add(request: Request) -> HttpResponse:
    form = SuppressionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    marked = suppress_and_mark(request.workspace, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, f"Added. {marked:,} {plural(marked, 'lead')} marked “do not contact”.")
    return SeeOther(reverse("leads:suppression-list"))


@manager_required
@require_POST
def suppression_remove(request: Request, pk: int) -> HttpResponse:
    entry = get_object_or_404(Suppression.objects.filter(workspace=request.workspace), pk=pk)
    lift_suppression(entry, by=request.user, now=timezone.now())
    messages.success(request, "Removed. Whoever it was may be delivered again.")
    return SeeOther(reverse("leads:suppression-list"))


def _page(request: Request, form: SuppressionForm, *, status: int = 200) -> HttpResponse:
    entries = Suppression.objects.filter(workspace=request.workspace).select_related("created_by")
    page = Paginator(entries.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "leads/suppression_list.html", {"form": form, "page": page}, status=status)
