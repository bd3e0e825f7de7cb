"""What is held on one person, handed over and erased: for managers."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.workflows.erasing import erase, hand_over
from leads.erasing import held, leads_that_name, named_elsewhere
from leads.forms.person import PersonForm
from leads.models import Lead
from leads.record_words import in_words

SHOWN = 10


@manager_required
@never_cache
@require_http_methods(["GET", "POST"])
def person_find(request: Request) -> HttpResponse:
    """Asked for by POST, so that no address ends up in a log of addresses; one find leads to its page."""
    form = PersonForm(request.POST if request.method == "POST" else None, workspace=request.workspace)
    if form.is_bound and form.is_valid() and len(form.found) == 1:
        return SeeOther(reverse("leads:person-detail", args=[form.found[0].pk]))
    status = 422 if form.errors else 200
    context = {"form": form, "found": form.found, "traces": in_words(form.traces)}
    return render(request, "leads/person_find.html", context, status=status)


@manager_required
@never_cache
@require_safe
def person_detail(request: Request, pk: UUID) -> HttpResponse:
    lead = _lead(request, pk)
    return _stub(lead) if lead.erased_at else render(request, "leads/person_detail.html", _held(lead))


@manager_required
@never_cache
@require_POST
def person_export(request: Request, pk: UUID) -> HttpResponse:
    """Everything as one JSON file."""
    return as_file(hand_over(_lead(request, pk), by=request.user, now=timezone.now()), f"person-{pk}")


@manager_required
@never_cache
@require_http_methods(["GET", "POST"])
def person_erase(request: Request, pk: UUID) -> HttpResponse:
    """GET asks the question that the dialog asks where there is JavaScript."""
    lead = _lead(request, pk)
    if lead.erased_at:
        return _stub(lead)
    if request.method == "GET":
        return render(request, "leads/person_erase.html", _held(lead))
    left = sum(erase(lead, by=request.user, now=timezone.now()).values())
    flash(request, f"Erased. {_left(left)}" if left else "Erased. Nothing is left but what cannot be read back.")
    return _stub(lead)


def as_file(data: dict[str, Any], name: str) -> HttpResponse:
    text = json.dumps(data, default=str, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def _left(number: int) -> str:
    if number == 1:
        return "The name still stands in 1 text of a colleague."
    return f"The name still stands in {number:,} texts of colleagues."


def _lead(request: Request, pk: UUID) -> Lead:
    return get_object_or_404(Lead.objects.of(request.workspace).select_related("company", "workspace"), pk=pk)


def _stub(lead: Lead) -> HttpResponse:
    return SeeOther(reverse("leads:lead-detail", args=[lead.pk]))


def _held(lead: Lead) -> dict[str, Any]:
    elsewhere = named_elsewhere(lead)
    naming = leads_that_name(lead).select_related("company")[:SHOWN] if elsewhere else []
    return {"lead": lead, "held": in_words(held(lead)), "elsewhere": in_words(elsewhere), "naming": naming}
