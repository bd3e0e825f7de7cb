"""Companies House in the sandbox: advanced search and officers, by its specification (public data API)."""

from __future__ import annotations

import base64
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
STREET = "1 Invented Street"


def script(*, calls: int = 10_000) -> Script:
    """`calls`: how many it answers before its window of five minutes is used up."""
    left = [calls]

    def refusal(ask: Ask) -> Reply | None:
        key = _key(ask)
        if not key or key == BAD_KEY:
            return Reply({"error": "Invalid Authorization", "type": "ch:service"}, status=401)
        left[0] -= 1
        headers = {"X-Ratelimit-Limit": "600", "X-Ratelimit-Remain": str(max(0, left[0])), "X-Ratelimit-Reset": "300"}
        return Reply({}, status=429, headers=headers) if left[0] < 0 else None

    routes = (
        ("GET", "/advanced-search/companies", _search),
        ("GET", "/company/([A-Z0-9]+)/officers", _officers),
        ("GET", "/search/companies", _plain_search),
    )
    return Script(routes, refusal)


def _key(ask: Ask) -> str:
    kind, _, value = ask.headers.get("authorization", "").partition(" ")
    return base64.b64decode(value).decode().partition(":")[0] if kind == "Basic" else ""


def _search(ask: Ask) -> Reply:
    found = [each for each in firms() if _fits(each, ask)]
    if not found:
        return Reply({"errors": [{"error": "no-companies-found", "type": "ch:service"}]}, status=404)
    start, size = ask.number("start_index", 0), min(5000, ask.number("size", 20))
    items = [_company(each) for each in found[start : start + size]]
    answer = {"etag": "0", "items": items, "kind": "search#advanced-search", "hits": str(len(found))}
    return Reply(answer | {"top_hit": _company(found[0])})


def _fits(firm: Firm, ask: Ask) -> bool:
    name, place = firm.name.lower(), f"{firm.city}, {firm.region}, {STREET}".lower()
    return (
        firm.country == "GB"
        and (not ask.many("sic_codes") or firm.sic in ask.many("sic_codes"))
        and ask.one("location").lower() in place
        and ask.one("company_name_includes").lower() in name
        and (not ask.one("company_name_excludes") or ask.one("company_name_excludes").lower() not in name)
        and (ask.one("incorporated_from") or "0000") <= firm.founded <= (ask.one("incorporated_to") or "9999")
        and (not ask.many("company_status") or "active" in ask.many("company_status"))
    )


def _company(firm: Firm) -> dict[str, Any]:
    return {
        "company_name": f"{firm.name.upper()} LIMITED",
        "company_number": firm.number,
        "company_status": "active",
        "company_type": "ltd",
        "date_of_creation": firm.founded,
        "kind": "search-results#company",
        "links": {"company_profile": f"/company/{firm.number}"},
        "registered_office_address": {
            "address_line_1": STREET,
            "locality": firm.city,
            "region": firm.region,
            "country": firm.region,
            "postal_code": "ZZ1 1ZZ",
        },
        "sic_codes": [firm.sic],
    }


def _officers(ask: Ask) -> Reply:
    firm = next((each for each in firms() if each.number == ask.found[0]), None)
    if firm is None:
        return Reply({"errors": [{"error": "company-officers-not-found", "type": "ch:service"}]}, status=404)
    items = [_officer(firm, each) for each in firm.people[:2]] + _former(firm)
    start, size = ask.number("start_index", 0), ask.number("items_per_page", 35)
    counts = {"active_count": len(firm.people[:2]), "resigned_count": len(_former(firm)), "total_results": len(items)}
    answer = {"etag": "0", "kind": "officer-list", "items_per_page": size, "start_index": start, **counts}
    links = {"self": f"/company/{firm.number}/officers"}
    return Reply(answer | {"links": links, "items": items[start : start + size]})


def _officer(firm: Firm, person: Person) -> dict[str, Any]:
    return {
        "name": f"{person.family.upper()}, {person.given}",
        "officer_role": "director",
        "occupation": person.role,
        "appointed_on": firm.founded,
        "country_of_residence": firm.region,
        "nationality": "British",
        "address": {"address_line_1": STREET, "locality": firm.city},
        "links": {"officer": {"appointments": f"/officers/sandbox-{firm.index}-{person.index}/appointments"}},
    }


def _former(firm: Firm) -> list[dict[str, Any]]:
    """Some companies have a director who left, and a company for a secretary."""
    if firm.index % 3:
        return []
    left = {"name": "FORMER, Frances", "officer_role": "director", "appointed_on": firm.founded}
    body = {"name": "SANDBOX SECRETARIES LIMITED", "officer_role": "corporate-secretary", "appointed_on": firm.founded}
    return [left | {"resigned_on": "2020-01-31"}, body]


def _plain_search(ask: Ask) -> Reply:
    size = ask.number("items_per_page", 20)
    found = [_company(each) for each in firms() if each.country == "GB" and ask.one("q").lower() in each.name.lower()]
    return Reply({"kind": "search#companies", "total_results": len(found), "items": found[:size], "start_index": 0})
