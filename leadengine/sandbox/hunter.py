"""Hunter in the sandbox, by its specification and its own fixture: discover, domain search and account here."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.hunter_addresses import Desk
from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firm_of, firms

BAD_KEY = "refused-key"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
REFUSED = ("authentication_failed", "No user found for the API key supplied")
SHOWN_FREE = 10
NO_FURTHER = ("pagination_error", "Your plan shows the first 10 addresses of a company")
USED_UP = ("too_many_requests", "You've reached the limit for the number of searches per billing period")


def script(*, credits: int = 1240, is_free: bool = False) -> Script:
    """`credits`: what the account has left. `is_free`: a plan that shows the first ten addresses of a company."""
    left: list[float] = [credits]

    def charge(cost: float) -> Reply | None:
        if cost > left[0]:
            return _error(429, *USED_UP)
        left[0] -= cost
        return None

    def refusal(ask: Ask) -> Reply | None:
        key = ask.headers.get("x-api-key") or ask.one("api_key")
        if not key or key == BAD_KEY:
            return _error(401, *REFUSED)
        return None

    def search(ask: Ask) -> Reply:
        firm = firm_of(ask.one("domain"), ask.one("company"))
        people = [each for each in firm.people if _wanted(each, ask)] if firm else []
        start, size = ask.number("offset", 0), ask.number("limit", 10)
        part = people[start : start + size]
        is_beyond = is_free and start + size > SHOWN_FREE
        if refused := _error(400, *NO_FURTHER) if is_beyond else charge(-(-len(part) // 10)):
            return refused
        meta = {"results": len(people), "limit": size, "offset": start, "params": {"domain": ask.one("domain") or None}}
        return Reply({"data": _domain(firm, part, ask), "meta": meta})

    routes = (("POST", "/discover", _discover), ("GET", "/domain-search", search))
    account = ("GET", "/account", lambda _ask: _account(left[0]))
    return Script((*routes, account, *Desk(charge).routes), refusal)


def _account(left: float) -> Reply:
    meters = {"credits": {"used": 760, "available": 760 + left}, "searches": {"used": 0, "available": 500}}
    return Reply({"data": {"plan_name": "Sandbox", "reset_date": "2031-01-01", "requests": meters}})


def _error(status: int, code: str, details: str) -> Reply:
    return Reply({"errors": [{"id": code, "code": status, "details": details}]}, status=status)


def _wanted(person: Person, ask: Ask) -> bool:
    seniority, department = ask.many("seniority"), ask.many("department")
    is_whole = set(ask.many("required_field")) <= {"full_name", "position"}  # nobody here shows a number
    is_at_level = not seniority or person.seniority in seniority
    return is_whole and is_at_level and (not department or person.department in department)


def _discover(ask: Ask) -> Reply:
    body = ask.body or {}
    found = [each for each in firms() if _is_discovered(each, body)]
    start, size = int(body.get("offset", 0)), int(body.get("limit", 100))
    meta = {"results": len(found), "limit": size, "offset": start, "filters": body}
    return Reply({"data": [_summary(each) for each in found[start : start + size]], "meta": meta})


def _is_discovered(firm: Firm, body: dict[str, Any]) -> bool:
    at = body.get("headquarters_location", {}).get("include", {})
    years = body.get("year_founded", {})
    words = body.get("keywords", {}).get("include", [])
    text = f"{firm.name} {firm.trade} {firm.industry}".lower()
    return (
        (not at.get("country") or firm.country in at["country"])
        and (not at.get("city") or firm.city in at["city"])
        and (not body.get("industry") or firm.industry in body["industry"].get("include", [firm.industry]))
        and (not body.get("headcount") or firm.band in body["headcount"])
        and years.get("min", 0) <= int(firm.founded[:4]) <= years.get("max", 9999)
        and (not words or any(word.lower() in text for word in words))
    )


def _summary(firm: Firm) -> dict[str, Any]:
    count = {"total": len(firm.people), "personal": len(firm.people), "generic": 0}
    facts = {"industry": firm.industry, "headcount": firm.band, "country": COUNTRIES[firm.country]}
    return {"domain": firm.domain, "organization": firm.name, **facts, "emails_count": count}


def _domain(firm: Firm | None, people: list[Person], ask: Ask) -> dict[str, Any]:
    if firm is None:
        nothing: dict[str, Any] = {
            "domain": ask.one("domain") or None,
            "organization": None,
            "pattern": None,
            "emails": [],
        }
        return nothing | {"disposable": False, "webmail": False, "accept_all": False}
    at = {"country": firm.country, "state": firm.region or None, "city": firm.city}
    facts = {"industry": firm.industry, "headcount": firm.band, "company_type": "privately held", "technologies": []}
    head = {"domain": firm.domain, "organization": firm.name, "pattern": "{first}.{last}", "linked_domains": []}
    flags = {"disposable": False, "webmail": False, "accept_all": False, "description": firm.trade}
    return {**head, **flags, **facts, **at, "emails": [_email(firm, each) for each in people]}


def _email(firm: Firm, person: Person) -> dict[str, Any]:
    page = f"http://{firm.domain}/team"
    seen = {"domain": firm.domain, "uri": page, "extracted_on": "2026-02-11", "last_seen_on": "2026-06-02"}
    return {
        "value": person.email,
        "type": "personal",
        "confidence": 97 - 4 * person.index,
        "first_name": person.given,
        "last_name": person.family,
        "position": person.role,
        "position_raw": person.role,
        "seniority": person.seniority,
        "department": person.department,
        "linkedin": None,
        "twitter": None,
        "phone_number": None,
        "verification": {"date": None, "status": None},
        "sources": [seen | {"still_on_page": True}],
    }
