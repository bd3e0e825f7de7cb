"""Word of runs that have ended, for whoever is at another page just then; the bell keeps it in any case."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

from billing.models import Notification
from leadengine.request import Request
from leadengine.workflows.telling import ends_to_tell

TOLD = "told_until"  # in the session: up to when the ends of runs were told
NEWS = timedelta(minutes=10)  # what is older is left to the bell


def word_of_ends(request: Request) -> tuple[str, str]:
    """A sentence and the page to open, empty for nothing new. Each end is told once, to the window that asks first.

    The page of a run shows its end itself.
    """
    found = list(ends_to_tell(request.user, request.workspace, since=_told_until(request)))
    if found:
        request.session[TOLD] = found[-1].created_at.isoformat()
    here = urlsplit(request.htmx.current_url or "").path
    elsewhere = [each for each in found if each.url != here]
    return _word(elsewhere) if elsewhere else ("", "")


def _told_until(request: Request) -> datetime:
    recent = timezone.now() - NEWS
    told = request.session.get(TOLD)
    return max(datetime.fromisoformat(told), recent) if told else recent


def _word(ended: list[Notification]) -> tuple[str, str]:
    if len(ended) == 1:
        return ended[0].title, ended[0].url
    return f"{len(ended)} runs have ended", reverse("leads:run-list")
