"""X: people by the words of their profile, with a key of one's own; X bills each profile that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.outcomes import Dialect, Outcome, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text
from leads.sources.door import Door
from leads.sources.social.bios import email_of, home_of, role_of
from leads.sources.social.profiles import go_on, linkedin_of, wanted

SIZE, MOST_PAGES, MOST_QUESTIONS = 50, 20, 10
FIELDS = "description,location,url,public_metrics,entities"


def fault_in(status: int, data: Any) -> Outcome | None:
    """A cap that is used up is a quota, not a pace; errors inside a 200 beside which there is no user are a refusal."""
    if not isinstance(data, dict):
        return None
    errors = [data, *(each for each in data.get("errors") or [] if isinstance(each, dict))]
    if any("usage-capped" in str(each.get("type")) for each in errors):
        return Outcome.OUT_OF_CREDITS
    is_refused = status == 200 and len(errors) > 1 and "data" not in data
    return Outcome.BAD_REQUEST if is_refused else None


def said(data: Any) -> str:
    """Its words, by problem+json."""
    if not isinstance(data, dict):
        return ""
    first = next((each for each in data.get("errors") or [] if isinstance(each, dict)), data)
    return own_words(first, "detail", "title", "message")


class X(Connector):
    """One question a page, for each way to put the words; each is paid for, so none is asked twice by itself."""

    name: ClassVar[str] = "x"
    provider: ClassVar[str] = "x"
    title: ClassVar[str] = "X"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live profiles"
    batch: ClassVar[int] = SIZE
    base_url = "https://api.x.com"
    key_page: ClassVar[str] = "https://developer.x.com/en/portal/dashboard"
    key_hint: ClassVar[str] = "The Bearer token of an app of yours"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(60, 60.0),)
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=said)
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset(
        {"keywords", "titles", "seniorities", "departments", "places", "has_email"}
    )
    cost: ClassVar[str] = "X bills you each profile it shows, about 1 US cent"
    page_costs: ClassVar[Decimal] = Decimal(1)
    own_for_a_lead: ClassVar[Decimal] = Decimal(10)  # few profiles show an address
    own_at_least: ClassVar[Decimal] = Decimal(100)
    is_count_free: ClassVar[bool] = False
    reach: ClassVar[str] = "People by the words of their profile; few show an e-mail address"

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """What one page of the first question holds: nobody tells more."""
        words = wanted(request.criteria, MOST_QUESTIONS, self.title)
        found, following = _found(door, words[0], "", SIZE)
        return Count(len(found), is_capped=bool(following) or len(words) > 1)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """Question after question."""
        words = wanted(request.criteria, MOST_QUESTIONS, self.title)
        size = cursor.get("size", min(limit, SIZE))
        found, following = _found(door, words[cursor.get("at", 0)], cursor.get("where", ""), size)
        candidates, faults = read_each(found, lambda each: self._read(each, request.now), _label)
        onward = go_on(cursor, size, following, asked=len(words), most_pages=MOST_PAGES)
        return Page(candidates, onward, faults)

    def ask_test(self, door: Door) -> KeyTest:
        """One profile, which X bills."""
        answer = door.get("/2/users/by/username/x", is_repeatable=False)
        return KeyTest(f"It works; it showed @{answer.data['data']['username']}")

    def _read(self, user: Mapping[str, Any], now: datetime) -> Candidate:
        bio, username = text(user.get("description")), text(user["username"])
        (title, company), site = role_of(bio), _site(user)
        country, city = home_of(text(user.get("location")))
        return Candidate(
            source=self.name,
            record_id=text(user["id"]),
            full_name=text(user.get("name")) or username,
            title=title,
            email=email_of(bio),
            linkedin_url=linkedin_of(f"{site}\n{bio}"),
            country=country,
            city=city,
            company=CompanyFacts(name=company),
            evidence_url=f"https://x.com/{username}",
            observed_at=now,
            confidence=0.6,
            extra=(("x", username),),
        )


def _found(door: Door, words: str, token: str, size: int) -> tuple[list[Any], str]:
    """(users, the token of the next page; "" at the end). What is billed is counted."""
    query = {"query": words, "max_results": size, "next_token": token, "user.fields": FIELDS}
    answer = door.get("/2/users/search", query, is_repeatable=False)
    meta = answer.data.get("meta") if answer.is_match and isinstance(answer.data, dict) else None
    if not answer.is_match or (isinstance(meta, dict) and meta.get("result_count") == 0):
        return [], ""
    found = listed(answer.data, "data")
    door.charge(answer, len(found))
    return found, text(meta.get("next_token")) if isinstance(meta, dict) else ""


def _site(user: Mapping[str, Any]) -> str:
    """The page that a profile names, as it is written out in its entities; `url` itself is a short link of X."""
    told = ((user.get("entities") or {}).get("url") or {}).get("urls") or [{}]
    return text(told[0].get("expanded_url"))


def _label(user: Any) -> tuple[str, str]:
    return user["id"], user.get("username") or user["id"]
