"""What is held on somebody who is no lead, in files, candidates and texts: handed over and erased by their address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from leadengine.access import manager_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leadengine.toasts import flash
from leadengine.workflows.erasing import erase_from_records, hand_over
from leads.forms.person import PersonForm
from leads.views.people import as_file


@manager_required
@never_cache
@require_POST
def traces_export(request: Request) -> HttpResponse:
    form = PersonForm(request.POST, workspace=request.workspace)
    if not (form.is_valid() and form.no_lead):
        return _again(request, form)
    return as_file(hand_over(form.no_lead, by=request.user, now=timezone.now()), "person")


@manager_required
@never_cache
@require_POST
def traces_erase(request: Request) -> HttpResponse:
    form = PersonForm(request.POST, workspace=request.workspace)
    if not (form.is_valid() and form.no_lead):
        return _again(request, form)
    erase_from_records(form.no_lead, by=request.user, now=timezone.now())
    flash(request, "Erased, and put on the suppression list.")
    return SeeOther(reverse("leads:person-find"))


def _again(request: Request, form: PersonForm) -> HttpResponse:
    """Nothing is there any more, or a lead was delivered meanwhile."""
    return render(request, "leads/person_find.html", {"form": form, "found": form.found}, status=422)
