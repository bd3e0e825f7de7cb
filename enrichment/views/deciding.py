"""Before and after: what was found is accepted, the old is kept, or it is undone, one field or all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from enrichment.models import EnrichedField, Enrichment
from enrichment.views.jobs import find_job, job_context, own_job
from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import flash, toast
from leadengine.wording import plural
from leadengine.workflows.applying import (
    Applied,
    accept,
    accept_all,
    decide_again,
    decide_all_again,
    keep_old,
    undo_all,
    undo_field,
)
from leadengine.workflows.enriching import NothingToDo
from leadengine.workflows.picking import NotPickable

Act = Callable[..., Any]
Find = Callable[[Request, UUID], Enrichment]


@member_required
@require_POST
def field_accept(request: Request, pk: int) -> HttpResponse:
    return _decide(request, pk, accept, "Taken over.")


@member_required
@require_POST
def field_keep(request: Request, pk: int) -> HttpResponse:
    return _decide(request, pk, keep_old, "The old value stays.")


@member_required
@require_POST
def field_undo(request: Request, pk: int) -> HttpResponse:
    """Of one's own enrichment, as a manager of any."""
    return _decide(request, pk, undo_field, "Undone: the old value is back.", find=own_job)


@member_required
@require_POST
def field_again(request: Request, pk: int) -> HttpResponse:
    """What was kept out or undone is open again."""
    return _decide(request, pk, decide_again, "It can be decided again.")


@member_required
@require_POST
def job_accept(request: Request, pk: UUID) -> HttpResponse:
    """All but conflicts."""
    return _all(request, pk, accept_all, "taken over", "Nothing is left to take over.")


@member_required
@require_POST
def job_undo(request: Request, pk: UUID) -> HttpResponse:
    """Of one's own enrichment, as a manager of any."""
    return _all(request, pk, undo_all, "undone", "Nothing is left to undo.", find=own_job)


@member_required
@require_POST
def job_again(request: Request, pk: UUID) -> HttpResponse:
    """All decisions at once; of one's own enrichment, as a manager of any."""
    nothing = "Nothing is left to decide again: all that can be waits already."
    return _all(request, pk, decide_all_again, "to be decided again", nothing, find=own_job)


def _decide(request: Request, pk: int, act: Act, text: str, *, find: Find = find_job) -> HttpResponse:
    rows = EnrichedField.objects.of(request.workspace).select_related("item__enrichment")
    field = get_object_or_404(rows, pk=pk)
    job, tone = find(request, field.item.enrichment_id), ""
    try:
        act(field, by=request.user, now=timezone.now())
    except (NothingToDo, NotPickable) as why:
        text, tone = str(why), "bad"
    return _told(request, job, text, tone)


def _all(request: Request, pk: UUID, act: Act, did: str, nothing: str, *, find: Find = find_job) -> HttpResponse:
    """As many as go at once; for htmx the region goes on by itself until all are done, and counts what was done."""
    job = find(request, pk)
    applied: Applied = act(job, by=request.user, now=timezone.now(), past=_so_far(request, "past"))
    number = applied.number + _so_far(request, "so_far")
    if applied.has_more and applied.number and wants_region(request):
        context = {"goes_on": act.__name__, "so_far": number, "past": applied.past}
        return render(request, "enrichment/_job_found.html", job_context(request, job) | context)
    if not number and not applied.refused:
        return _told(request, job, nothing, "", is_of_all=True)
    text = f"{number:,} {plural(number, 'field')} {did}." if number else f"Nothing is {did}."
    more = " There are more: press it again." if applied.has_more else ""
    words = " ".join([text + more, *applied.refused[:3]])
    return _told(request, job, words, "" if number else "bad", is_of_all=True)


def _so_far(request: Request, name: str) -> int:
    """Of what was done at once before, or refused, as the region says that went on by itself."""
    said = request.POST.get(name, "")
    return int(said) if wants_region(request) and said.isdecimal() and len(said) < 8 else 0


def _told(request: Request, job: Enrichment, text: str, tone: str, *, is_of_all: bool = False) -> HttpResponse:
    if wants_region(request):
        answer = render(request, "enrichment/_job_found.html", job_context(request, job) | {"is_told": is_of_all})
        return trigger_client_event(toast(answer, text, tone=tone), "leads-changed")
    if tone:
        messages.error(request, text)
    else:
        flash(request, text)
    asked = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return SeeOther(f"{reverse('enrichment:job', args=[job.pk])}{'?' if asked else ''}{urlencode(asked)}")
