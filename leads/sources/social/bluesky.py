"""Bluesky: people by what they say of themselves in their profile; public, free and without a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.outcomes import Dialect
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.sources import wanting
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text
from leads.sources.door import Door
from leads.sources.social.bios import email_of, home_of, role_of
from leads.vocabulary import places

SIZE, MOST_PAGES = 50, 40


class Bluesky(Connector):
    """One question a page; it does not say how many there are."""

    name: ClassVar[str] = "bluesky"
    provider: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live profiles"
    batch: ClassVar[int] = SIZE
    base_url = "https://public.api.bsky.app/xrpc"
    needs_key: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (Limit(100, 60.0),)
    dialect: ClassVar[Dialect] = Dialect(
        said=lambda data: str(data.get("message", "")) if isinstance(data, dict) else ""
    )
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset({"titles", "seniorities", "departments", "places", "has_email"})
    cost: ClassVar[str] = "Free; 100 questions a minute"
    reach: ClassVar[str] = "People by their own words; few show an e-mail address"

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """What one page holds: nobody tells more."""
        found = _found(door, request.criteria, "", SIZE)
        return Count(len(listed(found, "actors")), is_capped=bool(found.get("cursor")))

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        number, size = cursor.get("page", 1), cursor.get("size", min(limit, SIZE))
        found = _found(door, request.criteria, cursor.get("cursor", ""), size)
        actors, following = listed(found, "actors"), text(found.get("cursor"))
        candidates, faults = read_each(actors, lambda each: self._read(each, request.now), _label)
        is_last = not actors or not following or number >= MOST_PAGES
        return Page(candidates, None if is_last else {"cursor": following, "page": number + 1, "size": size}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        door.get("/app.bsky.actor.searchActors", {"q": "a", "limit": 1})
        return KeyTest("It answers; Bluesky needs no key")

    def _read(self, actor: Mapping[str, Any], now: datetime) -> Candidate:
        bio, handle = text(actor.get("description")), text(actor["handle"])
        (title, company), (country, city) = role_of(bio), home_of(bio)
        return Candidate(
            source=self.name,
            record_id=text(actor["did"]),
            full_name=text(actor.get("displayName")) or handle,
            title=title,
            email=email_of(bio),
            country=country,
            city=city,
            company=CompanyFacts(name=company),
            evidence_url=f"https://bsky.app/profile/{handle}",
            observed_at=now,
            confidence=0.6,
            extra=(("bluesky", handle),),
        )


def _found(door: Door, criteria: Criteria, cursor: str, size: int) -> dict[str, Any]:
    """One page; an empty one where nothing is asked for, because it finds nobody without a word."""
    words = _words(criteria)
    if not words:
        return {"actors": []}
    answer = door.get("/app.bsky.actor.searchActors", {"q": words, "limit": size, "cursor": cursor})
    return answer.data if answer.is_match and isinstance(answer.data, dict) else {"actors": []}


def _words(criteria: Criteria) -> str:
    """Titles and places as people write them: one of each."""
    cities = [
        place.partition(":")[2].rpartition(",")[0] for place in wanting.values(criteria, "places") if ":" in place
    ]
    named = [places.label(place) for place in wanting.values(criteria, "places") if place in places.COUNTRIES]
    groups = (wanting.values(criteria, "titles"), [each for each in (*cities, *named) if each])
    return " ".join(" OR ".join(f'"{word}"' for word in group) for group in groups if group)


def _label(actor: Any) -> tuple[str, str]:
    return actor["did"], actor.get("handle") or actor["did"]
