"""Hunter: business e-mail addresses seen on the web, of companies that others found or that it discovers itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome, outcome_of, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.identity import company_name_key
from leads.promises import promised
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import WRONG_TYPES, Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door
from leads.sources.email_providers import hunter_terms
from leads.sources.email_providers.hunter_walk import Walk
from leads.vocabulary import industries, places, sizes

TEN = 10  # addresses for one credit, and the most that a free plan shows at once
PAGE, MOST_OFFSET = 100, 10_000  # companies of one discovery, and how far it goes


def fault_in(status: int, data: Any) -> Outcome | None:
    """Its documentation and its own client differ on 402, 403 and 429, so the words decide; also inside a 200.

    A free plan shows the first ten addresses of a company: it refuses to go on, and so there are no more.
    """
    errors = data.get("errors") if isinstance(data, dict) else None
    if not isinstance(errors, list) or not errors or not isinstance(errors[0], dict):
        return None
    if errors[0].get("id") == "pagination_error":
        return Outcome.NO_MATCH
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
    return own_words(first, "details")


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
        {
            "industries",
            "places",
            "employees",
            "founded",
            "keywords",
            "technologies",
            "seniorities",
            "departments",
            "has_phone",
        }
    )
    knows: ClassVar[frozenset[str]] = frozenset({"titles", "has_email"})
    cost: ClassVar[str] = "1 Hunter credit for each started 10 addresses"
    own_for_a_lead: ClassVar[Decimal] = Decimal(2)  # many a company has few addresses
    shown_for_one: ClassVar[int] = TEN
    also: ClassVar[str] = (
        "A free plan shows ten addresses of a company. The same key can give second opinions on addresses that our own"
        " check leaves open, 0.5 Hunter credits each, and is asked"
        " by the finder for an address that we do not find ourselves, 1 for each found"
    )
    reach: ClassVar[str] = "People with business e-mail addresses, at companies that others find or it discovers"

    def credentials(self, key: str) -> dict[str, str]:
        return {"X-API-KEY": key}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """The people that it has at the first hundred companies; more companies, more people."""
        found = _discovered(door, request, 0)
        people = sum(whole((each.get("emails_count") or {}).get("personal")) for each in listed(found, "data"))
        return Count(people, is_capped=_results(found) > PAGE)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        if request.companies:
            start, size = cursor.get("from", 0), min(TEN, limit)
            return _page(*self._people_at(door, request, request.companies[0], start, size))
        return self._discover(door, request, cursor, limit)

    def ask_test(self, door: Door) -> KeyTest:
        meters = door.get("/account").data["data"].get("requests") or {}
        meter = meters.get("credits") or meters.get("searches") or {}
        left = Decimal(str(meter.get("available") or 0)) - Decimal(str(meter.get("used") or 0))
        return KeyTest(f"It works; {left:,.0f} Hunter credits left", left)

    def _discover(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """Goes from company to company. Where one of them gets no answer, what was read before it is not lost."""
        walk = Walk.at(cursor)
        size = min(TEN, limit)
        try:
            while not (walk.is_enough(limit, size) or (walk.steps and (door.is_late or door.credits * TEN >= limit))):
                companies = listed(_discovered(door, request, walk.company - walk.company % PAGE), "data")
                if walk.company % PAGE >= len(companies) or walk.company > MOST_OFFSET:
                    return walk.page(is_last=True)
                self._step(door, request, walk, companies[walk.company % PAGE], size)
        except (Unanswered, *WRONG_TYPES):
            if not walk.steps:
                raise
        return walk.page()

    def _step(self, door: Door, request: SearchRequest, walk: Walk, company: Any, size: int) -> None:
        """A company that it does not take a question about, or answers in another form, is left out."""
        try:
            facts = _summary(company)
            (found, faults), following = self._people_at(door, request, facts, walk.start, size)
            asked = hunter_terms.asked_of_companies(request.criteria)
            walk.go_on((tuple(promised(each, asked) for each in found), faults), following)
        except WRONG_TYPES as error:
            walk.leave_out(company, error, f"{self.title} sent an answer that could not be read.")
        except Unanswered as error:
            if error.outcome != Outcome.BAD_REQUEST:
                raise
            walk.leave_out(company, error, str(error))

    def _people_at(
        self, door: Door, request: SearchRequest, company: CompanyFacts, start: int, size: int
    ) -> tuple[Any, int]:
        """((candidates, faults), where to go on; 0 at the end)."""
        query = hunter_terms.people(request.criteria, has_phone=bool(company.phone))
        at = {"domain": company.domain} if company.domain else {"company": company.name}
        answer = door.get("/domain-search", {**at, "type": "personal", "limit": size, "offset": start, **query})
        emails = listed(answer.data, "data", "emails") if answer.is_match else []
        door.charge(answer, -(-len(emails) // TEN))
        if not emails:
            return ((), ()), 0
        facts = _facts(answer.data["data"], company)
        if not company.domain and company_name_key(facts.name) != company_name_key(company.name):
            return ((), ()), 0  # another company of a similar name
        read = read_each(emails, lambda each: self._read(each, facts, request.now), lambda each: (each["value"],) * 2)
        end = start + len(emails)
        return read, end if end < _results(answer.data) else 0

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


def _results(data: Mapping[str, Any]) -> int:
    """How many there are; 0 where that is not told, so that what came is kept and nothing further is asked."""
    meta = data.get("meta")
    return whole(meta.get("results")) if isinstance(meta, dict) else 0


def _discovered(door: Door, request: SearchRequest, offset: int) -> dict[str, Any]:
    body = {**hunter_terms.companies(request.criteria), "limit": PAGE, "offset": offset}
    answer = door.post("/discover", body)
    return holding(answer, "data") or {"data": []}


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
