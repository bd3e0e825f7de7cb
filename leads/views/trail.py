"""The list a person came from: its query string travels with the lead's page, and says who stands before and after."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from leadengine.request import Request
from leads.models import Lead
from leads.views.browsing import Browsing

FARTHEST = 2_000  # leads into the list; beyond that nobody steps from one to the next


@dataclass(frozen=True, slots=True)
class Trail:
    """`query` is the list's own query string, None for no list; `place` of `total`: where the lead stands (0: not in it)."""

    query: str | None
    place: int = 0
    total: int = 0
    previous: UUID | None = None
    next: UUID | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the list is longer than was looked at."""
        return self.total >= FARTHEST

    @property
    def list_url(self) -> str:
        url = reverse("leads:lead-list")
        return f"{url}?{self.query}" if self.query else url

    def suffix(self, tab: str = "") -> str:
        """The query string of a lead's page on this tab, with this list remembered; empty where there is nothing to say."""
        given = {"tab": None if tab in ("", "overview") else tab, "from": self.query}
        query = urlencode({key: value for key, value in given.items() if value is not None})
        return f"?{query}" if query else ""

    def url(self, pk: UUID, tab: str = "") -> str:
        """The page of a lead of this list."""
        return reverse("leads:lead-detail", args=[pk]) + self.suffix(tab)

    @property
    def previous_url(self) -> str:
        return self.url(self.previous) if self.previous else ""

    @property
    def next_url(self) -> str:
        return self.url(self.next) if self.next else ""


def trail_of(request: Request, lead: Lead) -> Trail:
    """Where the person came from, and the neighbours there. At most one query per filter and one for the list."""
    query = _came_by(request)
    if query is None:
        return Trail(None)
    ids = _ids(request, query)
    if lead.pk not in ids:
        return Trail(query)
    place = ids.index(lead.pk)
    following = ids[place + 1] if place + 1 < len(ids) else None
    return Trail(query, place + 1, len(ids), ids[place - 1] if place else None, following)


def suffix_of(request: Request) -> str:
    """Which tab and list a part of the page, or a form on it, belongs to: what its own address says."""
    return Trail(request.GET.get("from")).suffix(request.GET.get("tab", ""))


def _came_by(request: Request) -> str | None:
    """The list's query string: named in the URL, or that of the page on which the link was clicked."""
    if "from" in request.GET:
        return request.GET["from"]
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != request.get_host():
        return None
    try:
        found = resolve(referrer.path)
    except Resolver404:
        return None
    known = {
        "leads:lead-list": referrer.query,
        "leads:run-detail": f"run={found.kwargs.get('pk', '')}",
        "leads:lead-detail": QueryDict(referrer.query).get("from"),
    }
    return known.get(found.view_name)


def _ids(request: Request, query: str) -> list[UUID]:
    """The leads of the list in its order, the first FARTHEST."""
    return Browsing(request, timezone.now(), QueryDict(query)).ids(FARTHEST)
