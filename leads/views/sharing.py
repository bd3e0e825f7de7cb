"""Who sees a saved search: the dialog that says so and changes it, which is a page of its own without script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from leadengine.access import member_required
from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast
from leads.filters import members
from leads.models import SavedSearch
from leads.saved_searches import deletable_by, visible_to
from leads.views.search_actions import renewed
from leads.views.search_rows import swapped

NAMES_SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def search_share(request: Request, pk: int) -> HttpResponse:
    """GET asks, POST settles it: `share` says which is wanted; without it what is shared becomes private, and back."""
    own = deletable_by(request.user, request.workspace, is_manager=request.membership.is_manager)
    saved = get_object_or_404(own.select_related("created_by"), pk=pk)
    if request.method != "POST":
        template = "leads/_search_share.html" if wants_region(request) else "leads/search_share.html"
        return render(request, template, _context(request, saved))
    saved.is_shared = request.POST.get("share", "" if saved.is_shared else "on") == "on"
    saved.save(update_fields=["is_shared"])
    return _told(request, saved)


def _context(request: Request, saved: SavedSearch) -> dict[str, Any]:
    people = list(members(request.workspace))
    return {
        "saved": saved,
        "names": [each.name for each in people[:NAMES_SHOWN]],
        "more": max(len(people) - NAMES_SHOWN, 0),
        "link": request.build_absolute_uri(reverse("leads:search-detail", args=[saved.pk])),
        "is_listed": "listed" in request.GET,
        "wants_dialog": wants_region(request),
    }


def _told(request: Request, saved: SavedSearch) -> HttpResponse:
    """With a way back for whom it belongs to: a manager does not see it any more once it is private."""
    text = f"“{saved.name}” {'is shared with the workspace' if saved.is_shared else 'is private now'}."
    url, back = reverse("leads:search-share", args=[saved.pk]), "" if saved.is_shared else "on"
    is_mine = saved.created_by_id == request.user.pk
    undo = Undo(url, {"share": back, "undoes": "on"}) if is_mine else None
    if not wants_region(request):
        flash(request, text, undo=undo)
        return SeeOther(reverse("leads:search-list"))
    if "undoes" in request.POST:
        return renewed(toast(HttpResponse(status=204), text))
    is_seen = visible_to(request.user, request.workspace).filter(pk=saved.pk).exists()
    return toast(swapped(request, saved.pk) if is_seen else HttpResponse(), text, undo=undo, is_last=True)
