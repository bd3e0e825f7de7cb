"""Apollo: people searched for nothing, with half a name; the rest of those who are wanted is bought, one credit each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.dateparse import parse_datetime

from leadengine.gating import Limit
from leadengine.http import Answer, Call
from leadengine.outcomes import Dialect, Outcome, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.identity import company_name_key
from leads.models import Reason
from leads.promises import promised
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, holding, listed, read_each, text, whole
from leads.sources.door import Door
from leads.sources.email_providers import apollo_terms
from leads.unbought import bought, half_known, set_aside
from leads.vocabulary import industries, places

PAGE, MOST_PAGES = 100, 500
MOST_NAMED_PAGES = 3  # of a company that is asked for by the words of its name: what comes later is others' people
TEN = 10  # people of one purchase
MOST_CREDITS = 1000  # of one purchase; more is no amount
NOT_UNLOCKED = "email_not_unlocked@domain.com"  # stands for every address that was not bought


def said(data: Any) -> str:
    """Its own words; under three names."""
    return own_words(data, "error", "error_message", "message")


def fault_in(status: int, data: Any) -> Outcome | None:
    """No number of its own says that credits are used up, so the words decide; a purchase may fail inside a 200."""
    if status in (403, 422) and "credit" in said(data).lower():
        return Outcome.OUT_OF_CREDITS
    is_failed = status == 200 and isinstance(data, dict) and data.get("status") == "failed"
    return Outcome.BAD_REQUEST if is_failed else None


class Apollo(Connector):
    """A search shows first names, titles and employers. `complete` buys names, addresses, profiles and companies."""

    name: ClassVar[str] = "apollo"
    provider: ClassVar[str] = "apollo"
    title: ClassVar[str] = "Apollo"
    kind: ClassVar[str] = "email_provider"
    is_fed: ClassVar[bool] = True
    completes: ClassVar[bool] = True
    rest_costs: ClassVar[Decimal] = Decimal(1)
    own_for_a_lead: ClassVar[Decimal] = Decimal(2)  # not everybody who is bought has an address
    tells_left: ClassVar[bool] = True
    freshness: ClassVar[str] = "Each record says when it was refreshed"
    batch: ClassVar[int] = TEN
    base_url = "https://api.apollo.io/api/v1"
    key_page: ClassVar[str] = "https://app.apollo.io/#/settings/integrations/api"
    key_hint: ClassVar[str] = (
        "A master key, or one for mixed_people/api_search, people/bulk_match and users/api_profile"
    )
    limits: ClassVar[tuple[Limit, ...]] = (Limit(50, 60.0),)
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=said)
    keeps_for: ClassVar[int] = 3600
    filters: ClassVar[frozenset[str]] = frozenset(
        {"titles", "seniorities", "places", "employees", "revenue", "technologies", "hiring", "has_email"}
    )
    knows: ClassVar[frozenset[str]] = frozenset({"departments"})
    cost: ClassVar[str] = "1 Apollo credit for each person who fits; searching is free"
    reach: ClassVar[str] = "People with business e-mail addresses, everywhere or at companies that others find"

    def credentials(self, key: str) -> dict[str, str]:
        return {"x-api-key": key}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        return Count(whole(holding(self._people(door, request, 1), "people").get("total_entries")))

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        number, start = cursor.get("page", 1), cursor.get("from", 0)
        answer = self._people(door, request, number)
        people = listed(answer.data, "people") if answer.is_match else []
        part = people[start : start + min(limit, TEN)]
        told = request.companies[0] if request.companies else None
        asked = apollo_terms.asked(request.criteria)
        read = read_each(part, lambda each: promised(self._read(each, told, request.now), asked), _named)
        candidates = tuple(each for each in read[0] if told is None or _is_at(each, told))
        most = MOST_NAMED_PAGES if told and not told.domain else MOST_PAGES
        return Page(candidates, _onwards(number, start + len(part), len(people), most), read[1])

    def ask_complete(self, door: Door, request: SearchRequest, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        body = {"details": [{"id": each.record_id} for each in candidates]}
        answer = door.post("/people/bulk_match", body, is_repeatable=False)
        if not answer.is_match:
            return [_completed(each, None) for each in candidates]
        consumed = _credits(answer.data.get("credits_consumed") if isinstance(answer.data, dict) else None)
        if consumed is not None:
            door.charge(answer, consumed)
        matches = listed(answer.data, "matches")
        by_id = {str(each.get("id")): each for each in matches if isinstance(each, dict)}
        if consumed is None:
            door.assume(answer, self.rest_costs * len(by_id))
        return [_completed(each, by_id.get(each.record_id)) for each in candidates]

    def ask_test(self, door: Door) -> KeyTest:
        profile = door.get("/users/api_profile", {"include_credit_usage": "true"}).data or {}
        left = profile.get("num_credits_remaining")
        words = "" if left is None else f"; {whole(left):,} Apollo credits left"
        return KeyTest(f"It works{words}", None if left is None else Decimal(whole(left)))

    def _people(self, door: Door, request: SearchRequest, number: int) -> Answer:
        asked = [*apollo_terms.people(request.criteria), *_at(request), ("page", str(number)), ("per_page", str(PAGE))]
        return door.ask(Call(url=f"{door.base_url}/mixed_people/api_search", method="POST", query=tuple(asked)))

    def _read(self, person: Mapping[str, Any], told: CompanyFacts | None, now: datetime) -> Candidate:
        """Half of the last name is a mask, so it is left out until it is bought."""
        shown = Candidate(
            source=self.name,
            record_id=_known(person),
            first_name=text(person.get("first_name")),
            title=text(person.get("title")),
            company=CompanyFacts(name=text((person.get("organization") or {}).get("name"))),
            evidence_url=f"https://app.apollo.io/#/people/{text(person['id'])}",
            observed_at=_moment(person.get("last_refreshed_at"), now),
            confidence=0.8,
        )
        return half_known(shown)


def _at(request: SearchRequest) -> list[tuple[str, str]]:
    """The company that is asked about: by its domain, else by the words of its name."""
    if not request.companies:
        return []
    company = request.companies[0]
    by_domain = ("q_organization_domains_list[]", company.domain)
    return [by_domain if company.domain else ("q_keywords", company_name_key(company.name))]


def _is_at(candidate: Candidate, told: CompanyFacts) -> bool:
    """A domain finds those who were there before, too, and words find companies of a similar name."""
    return not told.name or company_name_key(candidate.company.name) == company_name_key(told.name)


def _onwards(number: int, end: int, size: int, most: int) -> Cursor | None:
    if end < size:
        return {"page": number, "from": end}
    return {"page": number + 1} if size >= PAGE and number < most else None


def _known(person: Mapping[str, Any]) -> str:
    """By which the rest can be bought. Raises KeyError for a record that has none."""
    found = text(person["id"])
    if not found:
        raise KeyError("id")
    return found


def _named(person: Mapping[str, Any]) -> tuple[str, str]:
    return text(person["id"]), text(person.get("first_name"))


def _credits(value: Any) -> Decimal | None:
    """Parts of a credit are told as such; None where nothing is told that could be an amount."""
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    return round(told, 2) if told.is_finite() and 0 <= told <= MOST_CREDITS else None


def _moment(value: Any, now: datetime) -> datetime:
    found = parse_datetime(text(value)) if value else None
    return found if found and found.tzinfo and found <= now else now


def _completed(found: Candidate, person: Mapping[str, Any] | None) -> Candidate:
    """With what was bought; marked where there is nothing, or not in the form that it should have."""
    done, faults = read_each([person] if person else [], lambda each: _merged(found, each), _named)
    if faults:
        return set_aside(found, Reason.SOURCE_ERROR, faults[0].reason)
    if done and done[0].last_name:
        return bought(done[0])
    return set_aside(found, Reason.NO_CONTACT, "Apollo has no more of this person than half of the name")


def _merged(found: Candidate, person: Mapping[str, Any]) -> Candidate:
    email = text(person.get("email"))
    is_usable = person.get("email_status") in ("verified", "unverified", "likely to engage", None)
    return replace(
        found,
        first_name=text(person.get("first_name")) or found.first_name,
        last_name=text(person.get("last_name")),
        title=text(person.get("title")) or found.title,
        email="" if not is_usable or email == NOT_UNLOCKED else email,
        linkedin_url=text(person.get("linkedin_url")),
        country=places.country_code(text(person.get("country"))),
        region=text(person.get("state")),
        city=text(person.get("city")),
        company=_facts(person.get("organization") or {}, found.company),
    )


def _facts(company: Mapping[str, Any], before: CompanyFacts) -> CompanyFacts:
    industry, size = industries.find(text(company.get("industry"))), whole(company.get("estimated_num_employees"))
    return CompanyFacts(
        name=text(company.get("name")) or before.name,
        domain=text(company.get("primary_domain")),
        country=places.country_code(text(company.get("country"))),
        region=text(company.get("state")),
        city=text(company.get("city")),
        industry=industry.code if industry else "",
        industry_raw=text(company.get("industry")),
        employees_min=size or None,
        employees_max=size or None,
        founded_year=whole(company.get("founded_year")) or None,
        keywords=tuple(map(text, company.get("keywords") or ())),
        phone=text(company.get("phone")),
        linkedin_url=text(company.get("linkedin_url")),
    )
