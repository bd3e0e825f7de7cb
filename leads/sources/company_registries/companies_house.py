"""Companies House, the register of the United Kingdom: active companies by trade, place and age, with their directors."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.http import Answer
from leads.candidate import Candidate, CompanyFacts
from leads.criteria import Criteria
from leads.sources import wanting
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door
from leads.vocabulary import uk_sic

SITE = "https://find-and-update.company-information.service.gov.uk"
MOST_OFFICERS = 5  # a company, the newest first
MOST_FOUND = 10_000  # the search goes no further
PERSONAL = ("director", "llp-member", "llp-designated-member", "managing-officer", "secretary")
ROLES = {"llp-member": "Partner", "llp-designated-member": "Partner", "managing-officer": "Managing Officer"}


class CompaniesHouse(Connector):
    """One question for a page of companies, and one for the officers of each."""

    name: ClassVar[str] = "companies_house"
    provider: ClassVar[str] = "companies_house"
    title: ClassVar[str] = "Companies House"
    kind: ClassVar[str] = "registry"
    stage: ClassVar[str] = "companies"
    feeds: ClassVar[bool] = True
    freshness: ClassVar[str] = "Live register"
    batch: ClassVar[int] = 50
    base_url = "https://api.company-information.service.gov.uk"
    key_page: ClassVar[str] = "https://developer.company-information.service.gov.uk/manage-applications"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(600, 300.0),)
    keeps_for: ClassVar[int] = 3600
    filters: ClassVar[frozenset[str]] = frozenset({"industries", "places", "founded"})
    knows: ClassVar[frozenset[str]] = frozenset({"keywords", "titles", "seniorities", "departments"})
    cost: ClassVar[str] = "Free; 600 questions in 5 minutes"
    reach: ClassVar[str] = "UK companies and directors, without contact data: choose an e-mail provider beside it"

    def credentials(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        if not _is_in_reach(request.criteria):
            return Count(0)
        hits = whole(_found(door, request.criteria, 0, 1).get("hits"))
        return Count(min(hits, MOST_FOUND), is_capped=hits > MOST_FOUND)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        if not _is_in_reach(request.criteria):
            return Page((), None)
        start, size = cursor.get("start", 0), max(1, limit // MOST_OFFICERS)
        found = _found(door, request.criteria, start, size)
        companies = listed(found, "items") if found else []
        asked = [_with_officers(door, company) for company in door.in_time(companies)]
        records, shown = [pair for pairs in asked for pair in pairs], cursor.get("shown", 0)
        part = records[shown : shown + limit]
        candidates, faults = read_each(part, lambda pair: self._read(*pair, request.now), _label)
        if shown + limit < len(records):  # one board may be larger than what is wanted
            return Page(candidates, {"start": start, "shown": shown + limit}, faults)
        end = start + len(asked)
        is_last = not asked or end >= min(whole(found.get("hits")), MOST_FOUND)
        return Page(candidates, None if is_last else {"start": end}, faults)

    def ask_test(self, door: Door) -> KeyTest:
        holding(door.get("/search/companies", {"q": "a", "items_per_page": 1}), "items")
        return KeyTest("It works; Companies House charges nothing")

    def _read(self, company: Mapping[str, Any], officer: Mapping[str, Any] | None, now: datetime) -> Candidate:
        number, facts = text(company["company_number"]), _facts(company)
        page = f"{SITE}/company/{number}"
        shared: dict[str, Any] = {"source": self.name, "company": facts, "observed_at": now, "confidence": 0.95}
        if officer is None:
            return Candidate(record_id=number, evidence_url=page, **shared)
        name = _name(text(officer["name"]))
        role = text(officer.get("officer_role"))
        return Candidate(
            record_id=f"{number}:{_appointments(officer) or name}",
            full_name=name,
            title=text(officer.get("occupation")) or ROLES.get(role, role.replace("-", " ").title()),
            evidence_url=f"{page}/officers",
            **shared,
        )


def _is_in_reach(criteria: Criteria) -> bool:
    countries = wanting.countries(criteria)
    return not countries or "GB" in countries


def _found(door: Door, criteria: Criteria, start: int, size: int) -> dict[str, Any]:
    """One page of the advanced search; {} for none, which it says by 404."""
    answer: Answer = door.get("/advanced-search/companies", [*_query(criteria), ("start_index", start), ("size", size)])
    return holding(answer, "items")


def _query(criteria: Criteria) -> list[tuple[str, Any]]:
    wanted = [uk_sic.classes_of(code) for code in wanting.values(criteria, "industries")]
    classes = sorted({sic for each in wanted for sic in each}) if all(wanted) else []
    cities, founded = wanting.cities(criteria, "GB"), wanting.span(criteria, "founded")
    return [
        ("company_status", "active"),
        ("sic_codes", ",".join(classes)),
        ("location", cities[0] if len(cities) == 1 else ""),
        ("incorporated_from", f"{founded.min}-01-01" if founded.min else ""),
        ("incorporated_to", f"{founded.max}-12-31" if founded.max else ""),
    ]


def _with_officers(door: Door, company: Any) -> list[tuple[Any, Any]]:
    """The company with each person on its board, or alone where there is none."""
    number = company.get("company_number") if isinstance(company, dict) else None
    if not number:
        return [(company, None)]
    answer = door.get(f"/company/{number}/officers", {"order_by": "appointed_on", "items_per_page": 35})
    officers = listed(answer.data, "items") if answer.is_match else []
    people = [each for each in officers if _is_on_the_board(each)][:MOST_OFFICERS]
    return [(company, officer) for officer in people] or [(company, None)]


def _is_on_the_board(officer: Any) -> bool:
    return isinstance(officer, dict) and not officer.get("resigned_on") and officer.get("officer_role") in PERSONAL


def _facts(company: Mapping[str, Any]) -> CompanyFacts:
    address = company.get("registered_office_address") or {}
    classes = [text(sic) for sic in company.get("sic_codes") or ()]
    founded = text(company.get("date_of_creation"))[:4]
    return CompanyFacts(
        name=_tidy(text(company["company_name"])),
        country="GB",
        region=text(address.get("region")),
        city=text(address.get("locality")).title(),
        industry=next(filter(None, map(uk_sic.industry_of, classes)), ""),
        industry_raw=next(filter(None, map(uk_sic.label_of, classes)), ""),
        founded_year=whole(founded) or None,
        registry_ids=(("companies_house", text(company["company_number"])),),
    )


def _tidy(name: str) -> str:
    """The register shouts: "AMBERFIELD SYSTEMS LIMITED" -> "Amberfield Systems Limited"."""
    return name.title().replace("'S ", "'s ") if name.isupper() else name


def _name(registered: str) -> str:
    """The register puts the family first: "ABARA, Ada Jane" -> "Ada Jane Abara"."""
    family, comma, given = registered.partition(",")
    return f"{given.strip()} {_tidy(family.strip())}" if comma else _tidy(registered)


def _appointments(officer: Mapping[str, Any]) -> str:
    path = text(((officer.get("links") or {}).get("officer") or {}).get("appointments"))
    return path.removeprefix("/officers/").removesuffix("/appointments")


def _label(pair: tuple[Any, Any]) -> tuple[str, str]:
    return pair[0]["company_number"], pair[0].get("company_name") or pair[0]["company_number"]
