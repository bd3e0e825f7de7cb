"""SEC EDGAR, the register of the United States' stock exchanges: who filed a yearly report, its trade, place and telephone.

The record of a company follows the SEC's submissions interface. The search is the one that its own search page asks: no
description is published, so its parameters and the members of a hit are taken from that page's script, and what a hit tells
of trade and place is only used to spare questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings

from leadengine.gating import Limit
from leadengine.http import Call
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.identity import domain_key
from leads.sources import wanting
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text, whole
from leads.sources.door import Door
from leads.vocabulary import edgar_places, industries, us_sic

DATA = "https://data.sec.gov"
SITE = "https://www.sec.gov"
YEARLY = ("10-K", "20-F", "40-F")
PAGE = 100  # hits of one answer, by the provider
MOST_FOUND = 10_000  # the search goes no further


class SecEdgar(Connector):
    """One question for a hundred yearly reports, and one for each company that its report does not rule out."""

    name: ClassVar[str] = "sec_edgar"
    provider: ClassVar[str] = "sec_edgar"
    title: ClassVar[str] = "SEC EDGAR"
    kind: ClassVar[str] = "registry"
    stage: ClassVar[str] = "companies"
    feeds: ClassVar[bool] = True
    freshness: ClassVar[str] = "Live register"
    batch: ClassVar[int] = 50
    base_url = "https://efts.sec.gov"
    key_page: ClassVar[str] = "https://www.sec.gov/os/accessing-edgar-data"
    key_hint: ClassVar[str] = "No key, but the SEC wants to know who asks: enter an e-mail address for it to write to"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(8, 1.0, is_of_all=True),)  # the SEC allows 10, whoever asks
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset({"industries", "places", "keywords"})
    cost: ClassVar[str] = "Free; 8 questions a second"
    reach: ClassVar[str] = "Companies on United States exchanges, without people: choose an e-mail provider beside it"

    def credentials(self, key: str) -> dict[str, str]:
        """The contact is what it wants instead of a key; without one it answers 403."""
        return {"User-Agent": f"{settings.USER_AGENT} {key}"}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        total = _total(_found(door, request, 0))
        return Count(min(total, MOST_FOUND), is_capped=total > MOST_FOUND)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """The cursor counts hits: which answer of a hundred, and how many of it are done."""
        page, at = cursor.get("page", 0), cursor.get("at", 0)
        found = _found(door, request, page * PAGE)
        hits = listed(found, "hits", "hits") if found else []
        fitting = [(place, hit) for place, hit in enumerate(hits) if place >= at and _may_fit(hit, request.criteria)]
        asked = [(place, _company(door, hit)) for place, hit in door.in_time(fitting[:limit])]
        companies = [company for _place, company in asked if company is not None]
        candidates, faults = read_each(companies, lambda each: self._read(each, request.now), _label)
        if len(asked) < len(fitting):
            return Page(candidates, {"page": page, "at": asked[-1][0] + 1}, faults)
        end = (page + 1) * PAGE
        is_last = not hits or end >= min(_total(found), MOST_FOUND)
        return Page(candidates, None if is_last else {"page": page + 1, "at": 0}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        door.get("/LATEST/search-index", {"q": "annual", "forms": YEARLY[0]})
        return KeyTest("It answers; the SEC charges nothing")

    def _read(self, company: Mapping[str, Any], now: datetime) -> Candidate:
        cik = text(company["cik"]).zfill(10)
        address = (company.get("addresses") or {}).get("business") or {}
        country, region = edgar_places.place_of(text(address.get("stateOrCountry")))
        name, city = text(company["name"]), text(address.get("city"))
        facts = CompanyFacts(
            name=name.title() if name.isupper() else name,
            domain=domain_key(text(company.get("website"))),
            country=country,
            region=region,
            city=city.title() if city.isupper() else city,
            industry=us_sic.industry_of(text(company.get("sic"))),
            industry_raw=text(company.get("sicDescription")),
            phone=text(company.get("phone")),
            registry_ids=(("sec_cik", cik),),
        )
        return Candidate(
            source=self.name,
            record_id=cik,
            company=facts,
            evidence_url=f"{SITE}/cgi-bin/browse-edgar?action=getcompany&CIK={cik}",
            observed_at=now,
            confidence=0.95,
        )


def _found(door: Door, request: SearchRequest, start: int) -> dict[str, Any]:
    """The yearly reports of the last year with the word, if it is one; {} for none."""
    words = wanting.values(request.criteria, "keywords")
    answer = door.get(
        "/LATEST/search-index",
        {
            "q": f'"{words[0]}"' if len(words) == 1 else "",
            "forms": ",".join(YEARLY),
            "startdt": (request.now - timedelta(days=365)).date().isoformat(),
            "enddt": request.now.date().isoformat(),
            "from": start or "",
        },
    )
    return answer.data if answer.is_match and isinstance(answer.data, dict) else {}


def _total(found: Mapping[str, Any]) -> int:
    hits = found.get("hits")
    total = hits.get("total") if isinstance(hits, dict) else None
    return whole(total.get("value") if isinstance(total, dict) else total)


def _may_fit(hit: Any, criteria: Criteria) -> bool:
    """Whether it is a report itself, not an exhibit, and nothing that it says of trade and place rules the company out."""
    told = hit.get("_source") if isinstance(hit, dict) else None
    if not isinstance(told, dict) or not told.get("ciks"):
        return False
    trades = {us_sic.industry_of(text(sic)) for sic in told.get("sics") or ()} - {""}
    lands = {edgar_places.place_of(text(code))[0] for code in told.get("biz_states") or ()} - {""}
    wanted, countries = wanting.values(criteria, "industries"), wanting.countries(criteria)
    is_trade = not trades or not wanted or any(industries.is_in_line(a, b) for a in trades for b in wanted)
    is_report = told.get("file_type", told.get("form")) == told.get("form")
    return is_report and is_trade and (not lands or not countries or bool(lands & countries))


def _company(door: Door, hit: Mapping[str, Any]) -> Any:
    """The company's own record, which is at another host; None where it has none. A stand-in serves both."""
    answer = door.ask(Call(url=record_url(door.base_url, text(hit["_source"]["ciks"][0]))))
    return answer.data if answer.is_match else None


def record_url(base_url: str, cik: str) -> str:
    """Where a company's record is.

    >>> record_url("https://efts.sec.gov", "7"), record_url("http://127.0.0.1:9", "7")
    ('https://data.sec.gov/submissions/CIK0000000007.json', 'http://127.0.0.1:9/submissions/CIK0000000007.json')
    """
    host = DATA if base_url == SecEdgar.base_url else base_url
    return f"{host}/submissions/CIK{cik.zfill(10)}.json"


def _label(record: Any) -> tuple[str, str]:
    return record["cik"], record.get("name") or record["cik"]
