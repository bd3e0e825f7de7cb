"""Votes on scores: given and withdrawn on the score card, read by managers on a page of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from leadengine.access import manager_required, member_required
from leadengine.answers import SeeOther
from leadengine.request import Request
from leads.models import Lead
from scoring.feedback import NotScored, give, overall, tallies, votes, votes_on, withdraw
from scoring.forms.feedback import FeedbackFilter, FeedbackForm

PAGE = 50
NOT_SCORED = "This lead is not graded yet, so there is nothing to judge."


@member_required
@require_POST
def feedback_give(request: Request, pk: UUID) -> HttpResponse:
    lead, form = _lead(request, pk), FeedbackForm(request.POST)
    if not form.is_valid():
        return _panel(request, lead, form, status=422)
    try:
        give(lead, by=request.user, now=timezone.now(), **form.vote)
    except NotScored:
        form.add_error(None, NOT_SCORED)
        return _panel(request, lead, form, status=422)
    return _told(request, lead, "Thank you. Your managers see it.")


@member_required
@require_POST
def feedback_withdraw(request: Request, pk: UUID) -> HttpResponse:
    lead = _lead(request, pk)
    withdraw(lead, by=request.user)
    return _told(request, lead, "Your vote is withdrawn.")


@member_required
@require_safe
def feedback_panel(request: Request, pk: UUID) -> HttpResponse:
    return _panel(request, _lead(request, pk), FeedbackForm())


@manager_required
@require_safe
def feedback_list(request: Request) -> HttpResponse:
    form = FeedbackFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(votes(request.workspace, **wanted), PAGE).get_page(request.GET.get("page"))
    context = {"filter": form, "page": page, "is_filtered": any(wanted.values())}
    context |= {"tallies": tallies(request.workspace), "overall": overall(request.workspace)}
    return render(request, "scoring/feedback_list.html", context)


def feedback_of(lead: Lead, user: Any) -> dict[str, Any]:
    """What the panel shows: all votes on the lead, and this person's own."""
    found = votes_on(lead)
    return {"votes": found, "vote": next((each for each in found if each.by_id == user.pk), None)}


def _told(request: Request, lead: Lead, text: str) -> HttpResponse:
    if not request.htmx:
        messages.success(request, text)
        return SeeOther(reverse("scoring:score-card", args=[lead.pk]))
    answer = _panel(request, lead, FeedbackForm(), is_told=True)
    return trigger_client_event(answer, "toast", {"text": text})


def _panel(
    request: Request, lead: Lead, form: FeedbackForm, *, status: int = 200, is_told: bool = False
) -> HttpResponse:
    """`is_told`: what was pressed is gone with this answer, so the heading takes the focus."""
    template = "scoring/_feedback.html" if request.htmx else "scoring/feedback_page.html"
    context = {"lead": lead, "feedback_form": form, "is_told": is_told} | feedback_of(lead, request.user)
    return render(request, template, context, status=status)


def _lead(request: Request, pk: UUID) -> Lead:
    return get_object_or_404(Lead.objects.of(request.workspace).living().select_related("company", "score"), pk=pk)
