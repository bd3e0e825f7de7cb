"""People Data Labs: people with business addresses and phones; each record that a search shows is paid, so it shows few."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from leadengine.gating import Limit
from leadengine.http import Answer
from leadengine.outcomes import Dialect, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text, whole
from leads.sources.door import Door
from leads.sources.email_providers import people_data_labs_terms as terms
from leads.vocabulary import industries, places, sizes

NOBODY = "no-such-person"  # what is not found costs nothing


def said(data: Any) -> str:
    return own_words(data.get("error") if isinstance(data, dict) else None, "message")


class PeopleDataLabs(Connector):
    """Searches once a page; each page is a purchase, of no more people than the run may still deliver."""

    name: ClassVar[str] = "people_data_labs"
    provider: ClassVar[str] = "people_data_labs"
    title: ClassVar[str] = "People Data Labs"
    kind: ClassVar[str] = "email_provider"
    is_fed: ClassVar[bool] = True
    page_costs: ClassVar[Decimal] = Decimal(1)
    is_rationed: ClassVar[bool] = True
    tells_left: ClassVar[bool] = True
    freshness: ClassVar[str] = "Each record says when its position was confirmed"
    batch: ClassVar[int] = 20
    base_url = "https://api.peopledatalabs.com/v5"
    key_page: ClassVar[str] = "https://dashboard.peopledatalabs.com/api-keys"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(10, 60.0),)
    dialect: ClassVar[Dialect] = Dialect(said=said)
    keeps_for: ClassVar[int] = 3600
    filters: ClassVar[frozenset[str]] = frozenset(
        {
            "titles",
            "seniorities",
            "departments",
            "industries",
            "places",
            "employees",
            "founded",
            "has_email",
            "has_phone",
        }
    )
    cost: ClassVar[str] = "1 People Data Labs credit for each person it shows, fitting or not"
    also: ClassVar[str] = "The finder may ask with it for one person's address, 1 credit for each found"
    is_count_free: ClassVar[bool] = False
    reach: ClassVar[str] = "People with a business address or mobile phone, everywhere or at companies others find"

    def credentials(self, key: str) -> dict[str, str]:
        return {"X-Api-Key": key}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """Told beside one record, which is paid."""
        answer = self._people(door, request, "", 1)
        return Count(whole(answer.data.get("total")) if answer.is_match else 0)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        answer = self._people(door, request, cursor.get("token", ""), limit)
        if not answer.is_match:
            return Page((), None)
        people, token = listed(answer.data, "data"), text(answer.data.get("scroll_token"))
        candidates, faults = read_each(people, lambda each: self._read(each, request.now), _named)
        return Page(candidates, {"token": token} if token and people else None, faults)

    def ask_test(self, door: Door) -> KeyTest:
        """Asks for somebody who does not exist; the headers tell what is left."""
        answer = door.get("/person/enrich", {"pdl_id": NOBODY, "min_likelihood": 10}, is_repeatable=False)
        left = answer.headers.get("x-totallimit-remaining", "")
        words = f"; {whole(left):,} People Data Labs credits left" if left.isdigit() else ""
        return KeyTest(f"It works{words}", Decimal(left) if left.isdigit() else None)

    def _people(self, door: Door, request: SearchRequest, token: str, size: int) -> Answer:
        """What its header tells is charged before anything else is read; without one, what was shown, by the price."""
        at = request.companies[0] if request.companies else None
        question = {"query": terms.people(request.criteria, at, request.known)}
        body = {"query": question, "size": size, "titlecase": True, "data_include": terms.FIELDS}
        body |= {"scroll_token": token} if token else {}
        answer = door.post("/person/search", body, is_repeatable=False)
        told = answer.headers.get("x-call-credits-spent", "")
        if told.isdigit():
            door.charge(answer, int(told))
        elif answer.is_match:
            door.assume(answer, self.page_costs * len(listed(answer.data, "data")))
        return answer

    def _read(self, person: Mapping[str, Any], now: datetime) -> Candidate:
        return Candidate(
            source=self.name,
            record_id=_named(person)[0],
            first_name=text(person.get("first_name")),
            last_name=text(person.get("last_name")),
            title=text(person.get("job_title")),
            email=_shown(person.get("work_email")),
            phone=_shown(person.get("mobile_phone")),
            linkedin_url=_web(person.get("linkedin_url")),
            country=places.country_code(text(person.get("location_country"))),
            region=text(person.get("location_region")),
            city=text(person.get("location_locality")),
            company=_facts(person),
            evidence_url=f"{type(self).base_url}/person/retrieve/{_named(person)[0]}",
            observed_at=_day(text(person.get("job_last_updated")), now),
            confidence=0.7,
        )


def _named(person: Mapping[str, Any]) -> tuple[str, str]:
    """Raises KeyError for a record that has no number."""
    return text(person["id"]) or person["no number"], f"{person.get('first_name')} {person.get('last_name')}"


def _shown(value: Any) -> str:
    """A plan that does not include a field tells by true or false whether there is one."""
    return value.strip() if isinstance(value, str) else ""


def _web(value: Any) -> str:
    """Its addresses begin without a scheme."""
    return f"https://{found.rpartition('://')[2]}" if (found := _shown(value)) else ""


def _day(told: str, now: datetime) -> datetime:
    try:
        return min(now, datetime.fromisoformat(told[:10]).replace(tzinfo=UTC))
    except ValueError:
        return now


def _facts(person: Mapping[str, Any]) -> CompanyFacts:
    industry = industries.find(text(person.get("job_company_industry")))
    low, high = sizes.parse(text(person.get("job_company_size")))
    return CompanyFacts(
        name=text(person.get("job_company_name")),
        domain=text(person.get("job_company_website")),
        country=places.country_code(text(person.get("job_company_location_country"))),
        region=text(person.get("job_company_location_region")),
        city=text(person.get("job_company_location_locality")),
        industry=industry.code if industry else "",
        industry_raw=text(person.get("job_company_industry")),
        employees_min=low,
        employees_max=high,
        founded_year=whole(text(person.get("job_company_founded"))[:4]) or None,
        linkedin_url=_web(person.get("job_company_linkedin_url")),
    )
