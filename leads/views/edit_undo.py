"""Takes an edit of one or many leads back, from wherever it was made."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leadengine.access import member_required
from leadengine.request import Request
from leadengine.toasts import Undo
from leadengine.workflows.editing import undo_edit
from leads.edit_wording import TWICE, said_back
from leads.editing import AlreadyUndone
from leads.models import LeadEdit
from leads.views.telling import told


@member_required
@require_POST
def edit_undo(request: Request, pk: UUID) -> HttpResponse:
    """One's own edit; a manager takes back anybody's. Says what was left because it was changed since."""
    edits = LeadEdit.objects.of(request.workspace).select_related("workspace")
    made = get_object_or_404(edits if request.membership.is_manager else edits.filter(by=request.user), pk=pk)
    try:
        done = undo_edit(made, by=request.user, now=timezone.now())
    except AlreadyUndone:
        return told(request, TWICE, url=_page(request), tone="bad")
    return told(request, said_back(made, done), url=_page(request), tone="" if done.ids else "bad")


def way_back(made: LeadEdit, *, to: str = "") -> Undo | None:
    """The undo of an edit that changed something; without script the page at `to` follows, else the list."""
    if not made.changed:
        return None
    return Undo(reverse("leads:edit-undo", args=[made.pk]), {"next": to} if to else {})


def _page(request: Request) -> str:
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, {request.get_host()}) else reverse("leads:lead-list")
