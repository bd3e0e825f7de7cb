"""GLEIF in the sandbox: legal entities by country and words, paged as its JSON:API does."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, firms

JSON_API = "application/vnd.api+json"


def script() -> Script:
    return Script((("GET", "/lei-records", _records), ("GET", "/lei-records/([A-Z0-9]{20})", _record)), _refusal)


def _refusal(ask: Ask) -> Reply | None:
    """It speaks JSON:API, and nothing else."""
    refused = {"errors": [{"status": "406", "title": "Not Acceptable"}]}
    return None if ask.headers.get("accept") == JSON_API else Reply(refused, status=406)


def _records(ask: Ask) -> Reply:
    countries = ask.many("filter[entity.legalAddress.country]")
    words = (ask.one("filter[fulltext]") or ask.one("filter[entity.legalName]")).lower()
    found = [
        each
        for each in firms()
        if (not countries or each.country in countries) and words in f"{each.name} {each.city}".lower()
    ]
    size, number = ask.number("page[size]", 15), ask.number("page[number]", 1)
    start = (number - 1) * size
    part = found[start : start + size]
    pages = {"currentPage": number, "perPage": size, "from": start + 1, "to": start + len(part), "total": len(found)}
    pages["lastPage"] = max(1, -(-len(found) // size))
    meta = {"goldenCopy": {"publishDate": "2026-07-06T08:00:00Z"}, "pagination": pages}
    return Reply({"meta": meta, "links": {}, "data": [_entity(each) for each in part]})


def _record(ask: Ask) -> Reply:
    firm = next((each for each in firms() if each.lei == ask.found[0]), None)
    missing = {"errors": [{"status": "404", "title": "Not Found"}]}
    return Reply({"data": _entity(firm)}) if firm else Reply(missing, status=404)


def _entity(firm: Firm) -> dict[str, Any]:
    region = f"{firm.country}-{firm.region[:3].upper()}" if firm.region else None
    address = {"language": "en", "addressLines": ["1 Invented Street"], "city": firm.city, "region": region}
    address |= {"country": firm.country, "postalCode": None}
    registered = {"id": "RA000585", "other": None}
    entity = {
        "legalName": {"name": f"{firm.name} Limited", "language": "en"},
        "otherNames": [],
        "legalAddress": address,
        "headquartersAddress": address,
        "registeredAt": registered,
        "registeredAs": firm.number,
        "jurisdiction": firm.country,
        "category": "GENERAL",
        "legalForm": {"id": "H0PO", "other": None},
        "status": "ACTIVE",
        "creationDate": f"{firm.founded}T00:00:00Z",
    }
    registration = {
        "status": "ISSUED",
        "lastUpdateDate": "2026-05-02T09:00:00Z",
        "corroborationLevel": "FULLY_CORROBORATED",
    }
    attributes = {"lei": firm.lei, "entity": entity, "registration": registration}
    return {"type": "lei-records", "id": firm.lei, "attributes": attributes}
