"""GitHub: people who build software, by place, with the address and the employer they show themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.outcomes import Dialect, Outcome, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door
from leads.sources.social.bios import home_of, role_of
from leads.sources.social.profiles import place_words

MOST_FOUND = 1_000  # a question shows no more
SIZE = 10  # eleven questions take ten seconds at its pace


def fault_in(status: int, data: Any) -> Outcome | None:
    """It says "too often" by 403, too."""
    message = str(data.get("message", "")) if isinstance(data, dict) else ""
    return Outcome.RATE_LIMITED if status in (403, 429) and "rate limit" in message.lower() else None


class GitHub(Connector):
    """One question for a page of people at a place, and one for each profile."""

    name: ClassVar[str] = "github"
    provider: ClassVar[str] = "github"
    title: ClassVar[str] = "GitHub"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live profiles"
    batch: ClassVar[int] = SIZE
    base_url = "https://api.github.com"
    key_page: ClassVar[str] = "https://github.com/settings/tokens"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(80, 60.0), Limit(4_800, 3600.0))
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=lambda data: own_words(data, "message"))
    keeps_for: ClassVar[int] = 3600
    filters: ClassVar[frozenset[str]] = frozenset({"places"})
    knows: ClassVar[frozenset[str]] = frozenset({"titles", "seniorities", "departments", "has_email"})
    cost: ClassVar[str] = "Free; 80 questions a minute"
    reach: ClassVar[str] = "Developers; about a third show an e-mail address"

    def credentials(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}", "X-GitHub-Api-Version": "2022-11-28"}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        totals = [whole(_found(door, place, 1, 1).get("total_count")) for place in _places(request.criteria)]
        return Count(sum(min(each, MOST_FOUND) for each in totals), any(each > MOST_FOUND for each in totals))

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """Place after place; the cursor names both, the size that the pages have, and how many of this one are done.

        One that was kept before places had this name calls it `place`.
        """
        wanted, page = _places(request.criteria), cursor.get("page", 1)
        at: int = cursor["at"] if "at" in cursor else cursor.get("place", 0)
        size, done = cursor.get("size", min(limit, SIZE)), cursor.get("done", 0)
        found = _found(door, wanted[at], page, size)
        logins = [text(each.get("login")) for each in listed(found, "items")] if found else []
        answers = [door.get(f"/users/{login}") for login in door.in_time(logins[done:])]
        profiles, done = [each.data for each in answers if each.is_match], done + len(answers)
        candidates, faults = read_each(profiles, lambda each: self._read(each, request.now), _label)
        if answers and done < len(logins):
            return Page(candidates, {"at": at, "page": page, "size": size, "done": done}, faults)
        is_last = not logins or page * size >= min(whole(found.get("total_count")), MOST_FOUND)
        at, page = (at + 1, 1) if is_last else (at, page + 1)
        return Page(candidates, None if at >= len(wanted) else {"at": at, "page": page, "size": size}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        core = door.get("/rate_limit").data["resources"]["core"]
        return KeyTest(
            f"It works; {whole(core.get('remaining')):,} questions left this hour", Decimal(core["remaining"])
        )

    def _read(self, profile: Mapping[str, Any], now: datetime) -> Candidate:
        login, (country, city) = text(profile["login"]), home_of(text(profile.get("location")))
        title, employer = role_of(text(profile.get("bio")))
        return Candidate(
            source=self.name,
            record_id=login.lower(),
            full_name=text(profile.get("name")) or login,
            title=title,
            email=text(profile.get("email")),
            country=country,
            city=city,
            company=CompanyFacts(name=text(profile.get("company")).lstrip("@").strip() or employer),
            evidence_url=text(profile.get("html_url")),
            observed_at=now,
            confidence=0.7,
            extra=(("github", login),),
        )


def _places(criteria: Criteria) -> tuple[str, ...]:
    """One "" where no place must hold."""
    return place_words(criteria) or ("",)


def _found(door: Door, place: str, page: int, size: int) -> dict[str, Any]:
    asked = f'type:user location:"{place}"' if place else "type:user repos:>5"
    answer = door.get("/search/users", {"q": asked, "per_page": size, "page": page})
    return holding(answer, "items")


def _label(profile: Any) -> tuple[str, str]:
    return profile["login"], profile["login"]
