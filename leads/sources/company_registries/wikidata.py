"""Wikidata, what volunteers wrote down about companies: trade, seat, size, site, LinkedIn page; free and without a key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from leadengine.gating import Limit
from leads.candidate import Candidate, CompanyFacts
from leads.identity import domain_key
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.company_registries import wikidata_terms as terms
from leads.sources.company_registries.wikidata_terms import Company
from leads.sources.connector import Connector, KeyTest, listed, read_each, text, whole
from leads.sources.door import Door
from leads.vocabulary import wikidata_industries

SIZE = 40
MOST_FOUND = 4_000  # each further page is counted from the first company on


class Wikidata(Connector):
    """One question of its query service for a page. It allows 60 seconds of its own time a minute, and ours end after ten:

    so a question is asked slowly, and one that it could not answer is not put again at once.
    """

    name: ClassVar[str] = "wikidata"
    provider: ClassVar[str] = "wikidata"
    title: ClassVar[str] = "Wikidata"
    kind: ClassVar[str] = "company_database"
    stage: ClassVar[str] = "companies"
    feeds: ClassVar[bool] = True
    freshness: ClassVar[str] = "Written by volunteers"
    batch: ClassVar[int] = SIZE
    base_url = "https://query.wikidata.org"
    needs_key: ClassVar[bool] = False
    limits: ClassVar[tuple[Limit, ...]] = (Limit(15, 60.0, is_of_all=True),)
    keeps_for: ClassVar[int] = 6 * 3600
    filters: ClassVar[frozenset[str]] = frozenset({"industries", "places", "employees", "founded"})
    knows: ClassVar[frozenset[str]] = frozenset({"keywords"})
    cost: ClassVar[str] = "Free; 15 questions a minute"
    reach: ClassVar[str] = (
        "Known companies, where a place or an industry is asked for; choose an e-mail provider beside it"
    )

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        if not terms.is_in_reach(request.criteria):
            return Count(0)
        rows = _rows(door, terms.count(request.criteria))
        total = whole(rows[0]["total"]["value"]) if rows and "total" in rows[0] else 0
        return Count(min(total, MOST_FOUND), is_capped=total > MOST_FOUND)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        if not terms.is_in_reach(request.criteria):
            return Page((), None)
        start, size = cursor.get("start", 0), min(limit, SIZE)
        companies = terms.read(_rows(door, terms.companies(request.criteria, size=size, start=start)))
        candidates, faults = read_each(companies, lambda each: self._read(each, request.now), _label)
        end = start + size
        is_last = len(companies) < size or end >= MOST_FOUND
        return Page(candidates, None if is_last else {"start": end}, faults)

    def at_site(self, door: Door, domain: str) -> list[Company]:
        """The companies whose web site is at this domain, with their profiles. Raises Unanswered; WRONG_TYPES may come."""
        return terms.read(_rows(door, terms.at_site(domain)))

    def ask_test(self, door: Door) -> KeyTest:
        _rows(door, "SELECT (1 AS ?one) WHERE {}")
        return KeyTest("It answers; Wikidata needs no key")

    def _read(self, company: Company, now: datetime) -> Candidate:
        if not company.item or company.name in ("", company.item):
            raise ValueError("a company without a name")
        return Candidate(
            source=self.name,
            record_id=company.item,
            company=_facts(company),
            evidence_url=f"https://www.wikidata.org/wiki/{company.item}",
            observed_at=now,
            confidence=0.7,
        )


def _rows(door: Door, question: str) -> list[Any]:
    answer = door.get("/sparql", {"query": question, "format": "json"}, is_repeatable=False)
    return listed(answer.data, "results", "bindings") if answer.is_match else []


def _facts(company: Company) -> CompanyFacts:
    """Of several heads counted over the years the most; of several sites, seats and trades the first that tells something."""
    trades = company.labels(terms.INDUSTRY)
    staff = max(map(_whole, company.values(terms.STAFF)), default=0) or None
    ids = [(kind, value) for fact, kind in terms.REGISTERS.items() for value in company.values(fact)]
    page = next(iter(company.values(terms.LINKEDIN)), "")
    return CompanyFacts(
        name=company.name,
        domain=next(filter(None, map(domain_key, company.values(terms.SITE))), ""),
        country=company.country,
        city=next(iter(company.labels(terms.CITY)), ""),
        industry=next(filter(None, map(wikidata_industries.industry_of, trades)), ""),
        industry_raw=", ".join(trades),
        employees_min=staff,
        employees_max=staff,
        founded_year=min(filter(None, (whole(each[:4]) for each in company.values(terms.FOUNDED))), default=None),
        description=company.description,
        linkedin_url=f"https://www.linkedin.com/company/{page}" if page else "",
        registry_ids=(("wikidata", company.item), *ids),
    )


def _whole(number: str) -> int:
    """A quantity as it writes them: "1200", "+1200", "1200.0"; what is no number is 0."""
    return whole(number.lstrip("+").partition(".")[0])


def _label(company: Company) -> tuple[str, str]:
    return text(company.item), company.name or company.item or "A record without a name"
