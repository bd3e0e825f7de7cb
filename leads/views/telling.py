"""How an act on leads, tags, lists or companies is told: each may be taken back, and what shows them refreshes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django_htmx.http import trigger_client_event

from leadengine.answers import SeeOther
from leadengine.regions import wants_region
from leadengine.request import Request
from leadengine.toasts import Undo, flash, toast

CHANGED = "leads-changed"


def told(request: Request, text: str, *, url: str, undo: Undo | None = None, tone: str = "") -> HttpResponse:
    """htmx gets a toast, and the event on which regions load themselves anew; a plain form the page at `url`.

    `tone` is "bad" where it could not be done.
    """
    if not wants_region(request):
        if tone:
            messages.error(request, text)
        else:
            flash(request, text, undo=undo)
        return SeeOther(url)
    return trigger_client_event(toast(HttpResponse(status=204), text, tone=tone, undo=undo), CHANGED)
