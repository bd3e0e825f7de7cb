"""What one does with a saved search: copy it, delete it, bring it back. htmx gets the row, others a page."""

from __future__ import annotations

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast
from leads.saved_searches import deletable_by, duplicate, restore, to_restore, visible_to
from leads.views.search_rows import swapped

SALT = "leads.saved_search"
RESTORABLE_SECONDS = 24 * 60 * 60


@require_POST
@member_required
def search_duplicate(request: Request, pk: int) -> HttpResponse:
    """One's own copy: a row below the other's, or opened to be edited."""
    saved = get_object_or_404(visible_to(request.user, request.workspace), pk=pk)
    copy = duplicate(saved, by=request.user, now=timezone.now())
    told, edit = f"“{copy.name}” is your own copy.", f"{reverse('leads:search-new')}?saved={copy.pk}"
    if wants_region(request):
        return in_sidebar(toast(swapped(request, saved.pk, copy.pk), told, url=edit, is_last=True))
    flash(request, told)
    return SeeOther(edit)


@require_POST
@member_required
def search_delete(request: Request, pk: int) -> HttpResponse:
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    saved = get_object_or_404(own, pk=pk)
    kept = signing.dumps({"workspace": request.workspace.pk, "search": to_restore(saved)}, salt=SALT, compress=True)
    saved.delete()
    undo = Undo(reverse("leads:search-restore"), {"kept": kept})
    told = f"“{saved.name}” is deleted. Runs started from it stay."
    if not wants_region(request):
        flash(request, told, undo=undo)
        return SeeOther(reverse("leads:search-list"))
    answer = toast(HttpResponse(), told, undo=undo, is_last=True)
    is_last = not visible_to(request.user, request.workspace).exists()
    return renewed(answer) if is_last else in_sidebar(answer)


@require_POST
@member_required
def search_restore(request: Request) -> HttpResponse:
    """Brings back what `search_delete` handed out, within a day and in its own workspace."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=RESTORABLE_SECONDS)
    except signing.BadSignature:
        kept = {}
    told, is_here = "That search cannot be brought back any more.", kept.get("workspace") == request.workspace.pk
    if is_here:
        told = f"“{restore(request.workspace, kept['search'], now=timezone.now()).name}” is back."
    if wants_region(request):
        return renewed(toast(HttpResponse(status=204), told, tone="" if is_here else "bad"))
    flash(request, told)
    return SeeOther(reverse("leads:search-list"))


def renewed(answer: HttpResponse) -> HttpResponse:
    """The list of searches asks for itself anew, and the sidebar with it."""
    return in_sidebar(trigger_client_event(answer, "searches-changed"))


def in_sidebar(answer: HttpResponse) -> HttpResponse:
    return trigger_client_event(answer, "row-changed")
