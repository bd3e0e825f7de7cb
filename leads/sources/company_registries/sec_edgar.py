"""SEC EDGAR, the register of the United States' stock exchanges: who filed a yearly report, its trade, place and officers.

The record of a company follows the SEC's submissions interface, its officers are read out of the forms that it lists. The
search is the one that its own search page asks: no description is published, so its parameters and the members of a hit are
taken from that page's script, and what a hit tells of trade and place is only used to spare questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar

from django.conf import settings

from leadengine.gating import Limit
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.identity import domain_key
from leads.sources import wanting
from leads.sources.base import Count, Cursor, Page, RecordFault, SearchRequest
from leads.sources.company_registries import sec_officers
from leads.sources.company_registries.ownership import MOST_FORMS, Officer
from leads.sources.company_registries.sec_officers import EFTS, SITE, Told
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door
from leads.vocabulary import edgar_places, industries, us_sic

YEARLY = ("10-K", "20-F", "40-F")
PAGE = 100  # hits of one answer, by the provider
MOST_RECORDS = MOST_FORMS + 1  # of one company, broken ones among them
MOST_FOUND = 10_000  # the search goes no further


class SecEdgar(Connector):
    """One question for a hundred yearly reports, one for each company that its report does not rule out, and few for each."""

    name: ClassVar[str] = "sec_edgar"
    provider: ClassVar[str] = "sec_edgar"
    title: ClassVar[str] = "SEC EDGAR"
    kind: ClassVar[str] = "registry"
    stage: ClassVar[str] = "companies"
    feeds: ClassVar[bool] = True
    freshness: ClassVar[str] = "Live register"
    batch: ClassVar[int] = 50
    base_url = EFTS
    key_page: ClassVar[str] = "https://www.sec.gov/os/accessing-edgar-data"
    key_hint: ClassVar[str] = "No key, but the SEC wants to know who asks: enter an e-mail address for it to write to"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(8, 1.0, is_of_all=True),)  # the SEC allows 10, whoever asks
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset(
        {"industries", "places", "keywords", "titles", "seniorities", "departments"}
    )
    cost: ClassVar[str] = "Free; 8 questions a second"
    reach: ClassVar[str] = (
        "US-listed companies, some with officers, without contact data: choose an e-mail provider beside it"
    )

    def credentials(self, key: str) -> dict[str, str]:
        """The contact is what it wants instead of a key; without one it answers 403."""
        return {"User-Agent": f"{settings.USER_AGENT} {key}"}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        total = _total(_found(door, request, 0))
        return Count(min(total, MOST_FOUND), is_capped=total > MOST_FOUND)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """The cursor counts hits: which answer of a hundred, how many of it are done, and how many forms of the next."""
        page, at = cursor.get("page", 0), sec_officers.place_of(cursor)[0]
        found = _found(door, request, page * PAGE)
        hits = listed(found, "hits", "hits") if found else []
        fitting = [(place, hit) for place, hit in enumerate(hits) if place >= at and _may_fit(hit, request.criteria)]
        asked = fitting[: max(1, limit // MOST_RECORDS)]
        told = sec_officers.tell(door, asked, cursor, request.now.date())
        shown = cursor.get("shown", 0)
        candidates, faults = self._part(told, shown, limit, request.now)
        if shown + limit < len(told.faults) + len(told.pairs):  # one board may be larger than what is wanted
            return Page(candidates, {**cursor, "page": page, "shown": shown + limit}, faults)
        if told.rest or len(asked) < len(fitting):
            return Page(candidates, {"page": page} | (told.rest or {"at": f"{asked[-1][0] + 1}:0"}), faults)
        end = (page + 1) * PAGE
        is_last = not hits or end >= min(_total(found), MOST_FOUND)
        return Page(candidates, None if is_last else {"page": page + 1, "at": "0:0"}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        holding(door.get("/LATEST/search-index", {"q": "annual", "forms": YEARLY[0]}), "hits", "hits")
        return KeyTest("It answers; the SEC charges nothing")

    def _part(
        self, told: Told, shown: int, limit: int, now: datetime
    ) -> tuple[tuple[Candidate, ...], tuple[RecordFault, ...]]:
        """At most `limit` behind those that were shown, what is broken first."""
        broken, pairs = told.faults[shown : shown + limit], max(0, shown - len(told.faults))
        part = told.pairs[pairs : pairs + limit - len(broken)]
        candidates, unread = read_each(part, lambda pair: self._read(*pair, now), _label)
        return candidates, (*broken, *unread)

    def _read(self, company: Mapping[str, Any], officer: Officer | None, now: datetime) -> Candidate:
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
        page = f"{SITE}/cgi-bin/browse-edgar?action=getcompany&CIK={cik}"
        shared: dict[str, Any] = {"source": self.name, "company": facts, "confidence": 0.95}
        if officer is None:
            return Candidate(record_id=cik, evidence_url=page, observed_at=now, **shared)
        return Candidate(
            record_id=f"{cik}:{officer.cik or officer.name}",
            full_name=officer.name,
            title=officer.title,
            evidence_url=officer.page,
            observed_at=datetime.combine(officer.filed_on, time(), UTC),
            **shared,
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
    return holding(answer, "hits", "hits")


def _total(found: Mapping[str, Any]) -> int:
    hits = found.get("hits")
    total = hits.get("total") if isinstance(hits, dict) else None
    return whole(total.get("value") if isinstance(total, dict) else total)


def _may_fit(hit: Any, criteria: Criteria) -> bool:
    """Whether it is a report itself, not an exhibit, and nothing that it says of trade and place rules the company out."""
    told = hit.get("_source") if isinstance(hit, dict) else None
    if not isinstance(told, dict) or not _texts(told.get("ciks")):
        return False
    trades = {us_sic.industry_of(sic) for sic in _texts(told.get("sics"))} - {""}
    lands = {edgar_places.place_of(code)[0] for code in _texts(told.get("biz_states"))} - {""}
    wanted, countries = wanting.values(criteria, "industries"), wanting.countries(criteria)
    is_trade = not trades or not wanted or any(industries.is_in_line(a, b) for a in trades for b in wanted)
    is_report = told.get("file_type", told.get("form")) == told.get("form")
    return is_report and is_trade and (not lands or not countries or bool(lands & countries))


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []


def _label(pair: tuple[Any, Any]) -> tuple[str, str]:
    return pair[0]["cik"], pair[0].get("name") or pair[0]["cik"]
