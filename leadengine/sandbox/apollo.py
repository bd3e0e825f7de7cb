"""Apollo in the sandbox: people search, bulk match and profile, by its specification."""

from __future__ import annotations

import hashlib
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
REFUSED = b"Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
USED_UP = {"error": "You have insufficient credits to perform this request."}
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
LEVELS = {0: "c_suite", 1: "c_suite", 2: "head", 3: "manager", 4: "entry"}  # by the person's place at the company
FAILED = {"status": "failed", "error_code": "RECORD_LIMIT_EXCEEDED"}
TOO_MANY = FAILED | {"error_message": "cannot enrich more than 10 in a single request"}


def script(*, credits: int = 1240) -> Script:
    """`credits`: what the account has left."""
    left = [credits]

    def refusal(ask: Ask) -> Reply | None:
        if ask.headers.get("x-api-key", BAD_KEY) == BAD_KEY:
            return Reply(status=401, headers={"Content-Type": "text/plain"}, raw=REFUSED)
        return None

    def match(ask: Ask) -> Reply:
        details = ask.body["details"]
        if len(details) > 10:
            return Reply(TOO_MANY, status=400)
        found = [_BY_ID.get(each.get("id", "")) for each in details]
        cost = sum(each is not None for each in found)
        if cost > left[0]:
            return Reply(USED_UP, status=422)
        left[0] -= cost
        return Reply(_matches(found, cost))

    def profile(_ask: Ask) -> Reply:
        return Reply({"id": "sandbox", "num_credits_remaining": left[0], "num_lead_credits_used": credits - left[0]})

    routes = (
        ("POST", "/mixed_people/api_search", _search),
        ("POST", "/people/bulk_match", match),
        ("GET", "/users/api_profile", profile),
    )
    return Script(routes, refusal)


def _id(person: Person) -> str:
    return hashlib.sha256(person.email.encode()).hexdigest()[:24]


_BY_ID = {_id(person): (firm, person) for firm in firms() for person in firm.people}


def _search(ask: Ask) -> Reply:
    found = [(firm, person) for firm, person in _BY_ID.values() if _is_wanted(firm, person, ask)]
    page, size = ask.number("page", 1), ask.number("per_page", 10)
    part = found[(page - 1) * size : page * size]
    return Reply({"total_entries": len(found), "people": [_shown(*each) for each in part]})


def _is_wanted(firm: Firm, person: Person, ask: Ask) -> bool:
    titles, levels = ask.query.get("person_titles[]", []), ask.query.get("person_seniorities[]", [])
    at, domains = ask.query.get("person_locations[]", []), ask.query.get("q_organization_domains_list[]", [])
    sizes = [each.split(",") for each in ask.query.get("organization_num_employees_ranges[]", [])]
    words = f"{firm.name} {person.given} {person.role}".lower()
    return (
        (not titles or any(set(each.lower().split()) <= set(person.role.lower().split()) for each in titles))
        and (not levels or LEVELS[person.index] in levels)
        and (not at or firm.city in at or COUNTRIES[firm.country] in at)
        and (not domains or firm.domain in domains)
        and (not sizes or any(int(low) <= _employees(firm) <= int(high) for low, high in sizes))
        and ("contact_email_status[]" not in ask.query or _has_email(person))
        and all(each in words for each in ask.one("q_keywords").lower().split())
    )


def _employees(firm: Firm) -> int:
    return int(firm.band.split("-")[1])


def _has_email(person: Person) -> bool:
    return person.index < 4


def _shown(firm: Firm, person: Person) -> dict[str, Any]:
    flags = {"has_city": True, "has_state": bool(firm.region), "has_country": True, "has_email": _has_email(person)}
    company = {"name": firm.name, "has_industry": True, "has_phone": False, "has_employee_count": True}
    return {
        "id": _id(person),
        "first_name": person.given,
        "last_name_obfuscated": f"{person.family[:2]}***{person.family[-1]}",
        "title": person.role,
        "last_refreshed_at": "2026-05-04T23:20:32.690+00:00",
        **flags,
        "has_direct_phone": "No",
        "organization": company,
    }


def _matches(found: list[tuple[Firm, Person] | None], cost: int) -> dict[str, Any]:
    counts = {"total_requested_enrichments": len(found), "unique_enriched_records": cost, "credits_consumed": cost}
    told = {"status": "success", "error_code": None, "error_message": None, "missing_records": len(found) - cost}
    return {**told, **counts, "matches": [_whole(*each) if each else None for each in found]}


def _whole(firm: Firm, person: Person) -> dict[str, Any]:
    at = {"city": firm.city, "state": firm.region or None, "country": COUNTRIES[firm.country]}
    company = {
        "name": firm.name,
        "website_url": f"http://www.{firm.domain}",
        "primary_domain": firm.domain,
        "industry": firm.industry.lower(),
        "keywords": [firm.trade.lower()],
        "estimated_num_employees": _employees(firm),
        "founded_year": int(firm.founded[:4]),
        "phone": None,
    }
    return {
        "id": _id(person),
        "first_name": person.given,
        "last_name": person.family,
        "name": f"{person.given} {person.family}",
        "title": person.role,
        "linkedin_url": f"http://www.linkedin.com/in/{person.given}-{person.family}-{_id(person)[:6]}".lower(),
        "email": person.email if _has_email(person) else None,
        "email_status": "verified" if _has_email(person) else "unavailable",
        "organization": company | at,
        **at,
    }
