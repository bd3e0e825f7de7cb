"""Bluesky: people by what they say of themselves in their profile; public, free and without a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.outcomes import Dialect, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text
from leads.sources.door import Door
from leads.sources.social.bios import email_of, home_of, role_of
from leads.sources.social.profiles import go_on, wanted

SIZE, MOST_PAGES, MOST_QUESTIONS = 50, 40, 20


class Bluesky(Connector):
    """One question a page, for each way to put the words; it does not say how many there are."""

    name: ClassVar[str] = "bluesky"
    provider: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live profiles"
    batch: ClassVar[int] = SIZE
    base_url = "https://public.api.bsky.app/xrpc"
    needs_key: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (Limit(100, 60.0),)
    dialect: ClassVar[Dialect] = Dialect(said=lambda data: own_words(data, "message"))
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset(
        {"keywords", "titles", "seniorities", "departments", "places", "has_email"}
    )
    cost: ClassVar[str] = "Free; 100 questions a minute"
    reach: ClassVar[str] = "People by their own words; few show an e-mail address"

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """What one page of the first question holds: nobody tells more."""
        words = wanted(request.criteria, MOST_QUESTIONS, self.title)
        found, following = _found(door, words[0], "", SIZE)
        return Count(len(found), is_capped=bool(following) or len(words) > 1)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        words = wanted(request.criteria, MOST_QUESTIONS, self.title)
        size = cursor.get("size", min(limit, SIZE))
        found, following = _found(door, words[cursor.get("at", 0)], cursor.get("where", ""), size)
        candidates, faults = read_each(found, lambda each: self._read(each, request.now), _label)
        return Page(candidates, go_on(cursor, size, following, asked=len(words), most_pages=MOST_PAGES), faults)

    def ask_test(self, door: Door) -> KeyTest:
        holding(door.get("/app.bsky.actor.searchActors", {"q": "a", "limit": 1}), "actors")
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


def _found(door: Door, words: str, cursor: str, size: int) -> tuple[list[Any], str]:
    """(actors, where the next page begins; "" at the end)."""
    answer = door.get("/app.bsky.actor.searchActors", {"q": words, "limit": size, "cursor": cursor})
    if not answer.is_match:
        return [], ""
    found = listed(answer.data, "actors")
    return found, text(answer.data.get("cursor")) if found else ""


def _label(actor: Any) -> tuple[str, str]:
    return actor["did"], actor.get("handle") or actor["did"]
