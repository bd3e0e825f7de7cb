"""GLEIF, the world's register of legal entities: who has an identifier, where, since when; free and without a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.http import Answer, Call
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.sources import wanting
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door

JSON_API = "application/vnd.api+json"
MOST_PAGES = 50
SIZE = 50


class Gleif(Connector):
    """Companies only; one question a page."""

    name: ClassVar[str] = "gleif"
    provider: ClassVar[str] = "gleif"
    title: ClassVar[str] = "GLEIF"
    kind: ClassVar[str] = "registry"
    stage: ClassVar[str] = "companies"
    feeds: ClassVar[bool] = True
    freshness: ClassVar[str] = "Published daily"
    batch: ClassVar[int] = SIZE
    base_url = "https://api.gleif.org/api/v1"
    needs_key: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (Limit(60, 60.0),)
    keeps_for: ClassVar[int] = 3600
    filters: ClassVar[frozenset[str]] = frozenset({"places"})
    knows: ClassVar[frozenset[str]] = frozenset({"keywords", "founded"})
    cost: ClassVar[str] = "Free; 60 questions a minute"
    reach: ClassVar[str] = "Companies worldwide, without people or contact data: choose an e-mail provider beside it"

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        total = whole(_pages(_found(door, request.criteria, 1, 1)).get("total"))
        return Count(min(total, MOST_PAGES * SIZE), is_capped=total > MOST_PAGES * SIZE)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """The size of a page is part of its number, so it stays what it was at the first one."""
        number, size = cursor.get("page", 1), cursor.get("size", min(limit, SIZE))
        found = _found(door, request.criteria, number, size)
        records = listed(found, "data") if found else []
        candidates, faults = read_each(records, lambda each: self._read(each, request.now), _label)
        is_last = not records or number >= min(whole(_pages(found).get("lastPage")), MOST_PAGES)
        return Page(candidates, None if is_last else {"page": number + 1, "size": size}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        holding(_records(door, {"page[size]": "1"}), "data")
        return KeyTest("It answers; GLEIF needs no key")

    def _read(self, record: Mapping[str, Any], now: datetime) -> Candidate:
        lei, entity = text(record["id"]), record["attributes"]["entity"]
        address = entity.get("headquartersAddress") or entity.get("legalAddress") or {}
        facts = CompanyFacts(
            name=text(entity["legalName"]["name"]),
            country=text(address.get("country")),
            region=text(address.get("region")).partition("-")[2],
            city=text(address.get("city")).title(),
            founded_year=whole(text(entity.get("creationDate"))[:4]) or None,
            registry_ids=(("lei", lei),),
        )
        return Candidate(
            source=self.name,
            record_id=lei,
            company=facts,
            evidence_url=f"https://search.gleif.org/#/record/{lei}",
            observed_at=now,
            confidence=0.95,
        )


def _found(door: Door, criteria: Criteria, number: int, size: int) -> dict[str, Any]:
    words, countries = wanting.values(criteria, "keywords"), sorted(wanting.countries(criteria))
    asked = {
        "filter[entity.status]": "ACTIVE",
        "filter[entity.legalAddress.country]": ",".join(countries),
        "filter[fulltext]": words[0] if len(words) == 1 else "",
        "page[number]": str(number),
        "page[size]": str(size),
    }
    return holding(_records(door, asked), "data")


def _records(door: Door, asked: Mapping[str, str]) -> Answer:
    query = tuple((name, value) for name, value in asked.items() if value)
    return door.ask(Call(url=f"{door.base_url}/lei-records", query=query, headers={"Accept": JSON_API}))


def _pages(found: Mapping[str, Any]) -> Mapping[str, Any]:
    pages = (found.get("meta") or {}).get("pagination") or {}
    return pages if isinstance(pages, dict) else {}


def _label(record: Any) -> tuple[str, str]:
    return record["id"], record["id"]
