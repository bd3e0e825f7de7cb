"""Where sources disagree about a company, somebody says which value holds, and may take that back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from leadengine.access import member_required
from leadengine.request import Request
from leadengine.toasts import Undo
from leadengine.workflows.choosing import choose, take_back
from leadengine.workflows.picking import NotPickable
from leads.forms.company import ChoiceForm
from leads.models import Company, CompanyChoice
from leads.views.companies import find_company
from leads.views.telling import told


@member_required
@require_POST
def company_choose(request: Request, pk: UUID) -> HttpResponse:
    """What another source says of the company holds from now on; with `choice` that one is taken back."""
    company, form = find_company(request, pk), ChoiceForm(request.POST)
    page = reverse("leads:company-detail", args=[pk])
    if not form.is_valid():
        return told(request, "Choose one of the values.", url=page, tone="bad")
    try:
        made = _act(request, company, form.cleaned_data)
    except NotPickable as reason:
        return told(request, str(reason), url=page, tone="bad")
    undo = None if "choice" in form.cleaned_data else Undo(request.path, {"choice": str(made.pk)})
    return told(request, made.text, url=page, undo=undo)


def _act(request: Request, company: Company, given: dict[str, int]) -> CompanyChoice:
    now = timezone.now()
    if "evidence" in given:
        return choose(company, given["evidence"], by=request.user, now=now)
    choices = CompanyChoice.objects.of(request.workspace).filter(company=company)
    return take_back(get_object_or_404(choices, pk=given["choice"]), by=request.user, now=now)
