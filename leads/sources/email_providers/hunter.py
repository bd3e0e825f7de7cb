"""Hunter: business e-mail addresses seen on the web, of companies that others found or that it discovers itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.outcomes import Dialect, Outcome, outcome_of
from leads.candidate import Candidate, CompanyFacts
from leads.identity import company_name_key
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text, whole
from leads.sources.door import Door
from leads.sources.email_providers import hunter_terms
from leads.vocabulary import industries, places, sizes

TEN = 10  # addresses for one credit, and the most that a free plan shows at once
PAGE, MOST_OFFSET = 100, 10_000  # companies of one discovery, and how far it goes
MOST_ASKED = 5  # companies in one turn


def fault_in(status: int, data: Any) -> Outcome | None:
    """Its documentation and its own client differ on 402, 403 and 429, so the words decide; also inside a 200."""
    errors = data.get("errors") if isinstance(data, dict) else None
    if not isinstance(errors, list) or not errors or not isinstance(errors[0], dict):
        return None
    words = f"{errors[0].get('id')} {errors[0].get('details')}".lower()
    if status == 200:
        return outcome_of(whole(errors[0].get("code")) or 400, None)
    if status in (402, 403, 429) and any(each in words for each in ("billing period", "quota", "upgrade", "credits")):
        return Outcome.OUT_OF_CREDITS
    is_pace = status == 403 and any(each in words for each in ("rate", "too many", "per second", "per minute"))
    return Outcome.RATE_LIMITED if is_pace else None


def said(data: Any) -> str:
    errors = data.get("errors") if isinstance(data, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else None
    return str(first.get("details") or "") if isinstance(first, dict) else ""


class Hunter(Connector):
    """Domain search, ten addresses a question; which companies: those it is fed, else those it discovers (free)."""

    name: ClassVar[str] = "hunter"
    provider: ClassVar[str] = "hunter"
    title: ClassVar[str] = "Hunter"
    kind: ClassVar[str] = "email_provider"
    is_fed: ClassVar[bool] = True
    freshness: ClassVar[str] = "Seen on public web pages"
    batch: ClassVar[int] = 50
    base_url = "https://api.hunter.io/v2"
    key_page: ClassVar[str] = "https://hunter.io/api-keys"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(15, 1.0), Limit(500, 60.0))
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=said)
    keeps_for: ClassVar[int] = 6 * 3600  # repeats are free in a billing month
    filters: ClassVar[frozenset[str]] = frozenset(
        {"industries", "places", "employees", "founded", "keywords", "technologies", "seniorities", "departments"}
    )
    knows: ClassVar[frozenset[str]] = frozenset({"titles", "has_email", "has_phone"})
    cost: ClassVar[str] = "1 Hunter credit for each started 10 addresses"
    also: ClassVar[str] = (
        "The same key can give second opinions on addresses that our own check leaves open, 0.5 Hunter credits each, and is asked"
        " by the finder for an address that we do not find ourselves, 1 for each found"
    )
    reach: ClassVar[str] = "People with business e-mail addresses, at companies that others find or it discovers"

    def credentials(self, key: str) -> dict[str, str]:
        return {"X-API-KEY": key}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """The people that it has at the first hundred companies; more companies, more people."""
        found = _discovered(door, request, 0)
        people = sum(whole((each.get("emails_count") or {}).get("personal")) for each in listed(found, "data"))
        total = whole((found.get("meta") or {}).get("results"))
        return Count(people, is_capped=total > PAGE)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        if request.companies:
            page, following = self._people_at(door, request, request.companies[0], cursor.get("from", 0))
            return _page(page, following)
        return self._discover(door, request, cursor, limit)

    def ask_test(self, door: Door) -> KeyTest:
        meters = door.get("/account").data["data"].get("requests") or {}
        meter = meters.get("credits") or meters.get("searches") or {}
        left = Decimal(str(meter.get("available") or 0)) - Decimal(str(meter.get("used") or 0))
        return KeyTest(f"It works; {left:,.0f} Hunter credits left", left)

    def _discover(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """Goes from company to company; the cursor names the company and where in it to go on."""
        number, start = cursor.get("company", 0), cursor.get("from", 0)
        candidates: list[Candidate] = []
        faults: list[Any] = []
        for _ in range(MOST_ASKED):
            companies = listed(_discovered(door, request, number - number % PAGE), "data")
            if number % PAGE >= len(companies) or number > MOST_OFFSET:
                return Page(tuple(candidates), None, tuple(faults))
            facts = _summary(companies[number % PAGE])
            (found, broken), following = self._people_at(door, request, facts, start)
            candidates, faults = [*candidates, *found], [*faults, *broken]
            number, start = (number, following) if following else (number + 1, 0)
            if len(candidates) + len(faults) + TEN > limit or door.is_late:
                break
        return Page(tuple(candidates), {"company": number, "from": start}, tuple(faults))

    def _people_at(self, door: Door, request: SearchRequest, company: CompanyFacts, start: int) -> tuple[Any, int]:
        """((candidates, faults), where to go on; 0 at the end)."""
        query = hunter_terms.people(request.criteria)
        at = {"domain": company.domain} if company.domain else {"company": company.name}
        answer = door.get("/domain-search", {**at, "type": "personal", "limit": TEN, "offset": start, **query})
        emails = listed(answer.data, "data", "emails") if answer.is_match else []
        door.charge(answer, -(-len(emails) // TEN))
        if not emails:
            return ((), ()), 0
        facts = _facts(answer.data["data"], company)
        if not company.domain and company_name_key(facts.name) != company_name_key(company.name):
            return ((), ()), 0  # another company of a similar name
        read = read_each(emails, lambda each: self._read(each, facts, request.now), lambda each: (each["value"],) * 2)
        end = start + len(emails)
        return read, end if end < whole((answer.data.get("meta") or {}).get("results")) else 0

    def _read(self, email: Mapping[str, Any], facts: CompanyFacts, now: datetime) -> Candidate:
        seen = (email.get("sources") or [{}])[0]
        is_invalid = (email.get("verification") or {}).get("status") == "invalid"
        return Candidate(
            source=self.name,
            record_id=text(email["value"]).lower(),
            first_name=text(email.get("first_name")),
            last_name=text(email.get("last_name")),
            title=text(email.get("position")),
            email="" if is_invalid else text(email["value"]),
            phone=text(email.get("phone_number")),
            linkedin_url=text(email.get("linkedin")),
            company=facts,
            evidence_url=text(seen.get("uri")),
            observed_at=hunter_terms.seen_at(text(seen.get("last_seen_on")), now),
            confidence=whole(email.get("confidence")) / 100,
        )


def _page(read: Any, following: int) -> Page:
    candidates, faults = read
    return Page(candidates, {"from": following} if following else None, faults)


def _discovered(door: Door, request: SearchRequest, offset: int) -> dict[str, Any]:
    body = {**hunter_terms.companies(request.criteria), "limit": PAGE, "offset": offset}
    answer = door.post("/discover", body)
    return answer.data if answer.is_match and isinstance(answer.data, dict) else {"data": []}


def _summary(company: Any) -> CompanyFacts:
    return CompanyFacts(name=text(company.get("organization")), domain=text(company.get("domain")))


def _facts(data: Mapping[str, Any], asked: CompanyFacts) -> CompanyFacts:
    low, high = sizes.parse(text(data.get("headcount")))
    industry = industries.find(text(data.get("industry")))
    return CompanyFacts(
        name=text(data.get("organization")) or asked.name,
        domain=text(data.get("domain")) or asked.domain,
        country=places.country_code(text(data.get("country"))),
        region=text(data.get("state")),
        city=text(data.get("city")),
        industry=industry.code if industry else "",
        industry_raw=text(data.get("industry")),
        employees_min=low,
        employees_max=high,
        technologies=tuple(map(text, data.get("technologies") or ())),
        description=text(data.get("description")),
        linkedin_url=text(data.get("linkedin")),
    )
