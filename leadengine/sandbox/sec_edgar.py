"""SEC EDGAR in the sandbox: full text search and submissions, which have hosts of their own in reality, at one address."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, firms

PAGE = 100
STATES = {"GB": ("X0", "United Kingdom"), "DE": ("2M", "Germany"), "AT": ("C4", "Austria")}
CLASSES = {
    "62012": ("7372", "Services-Prepackaged Software"),
    "62020": ("7373", "Services-Computer Integrated Systems Design"),
    "70229": ("8742", "Services-Management Consulting Services"),
    "71122": ("8711", "Services-Engineering Services"),
    "73110": ("7311", "Services-Advertising Agencies"),
    "46900": ("5090", "Wholesale-Misc Durable Goods"),
}


def listed() -> tuple[Firm, ...]:
    """Those of the world whose shares are traded: three in ten."""
    return tuple(each for each in firms() if each.index % 10 in (0, 1, 7))


def script() -> Script:
    routes = (
        ("GET", "/LATEST/search-index", _search),
        ("GET", "/submissions/CIK([0-9]{10})[.]json", _submissions),
        ("GET", "/files/company_tickers[.]json", _tickers),
    )
    return Script(routes, _refusal)


def _refusal(ask: Ask) -> Reply | None:
    """Who does not say in the User-Agent how to be reached is turned away by a page."""
    is_told = len(ask.headers.get("user-agent", "").split()) > 1  # a name and a contact, by its own example
    return None if is_told else Reply(status=403, raw=b"<html><title>Undeclared Automated Tool</title></html>")


def _cik(firm: Firm) -> str:
    return f"{9_900_000 + firm.index:010}"


def _search(ask: Ask) -> Reply:
    words, ciks = ask.one("q").strip('"').lower(), ask.many("ciks")
    hits = [hit for firm in listed() if _fits(firm, words, ciks) for hit in _hits(firm)]
    forms, start = ask.many("forms"), ask.number("from", 0)
    hits = [each for each in hits if not forms or each["_source"]["form"] in forms]
    total = {"value": len(hits), "relation": "eq"}
    return Reply({"took": 9, "timed_out": False, "hits": {"total": total, "hits": hits[start : start + PAGE]}})


def _fits(firm: Firm, words: str, ciks: list[str]) -> bool:
    return words in f"{firm.name} {firm.trade}".lower() and (not ciks or _cik(firm) in ciks)


def _hits(firm: Firm) -> list[dict[str, Any]]:
    """Each yearly report comes with an exhibit, a hit of its own."""
    number, state = f"{_cik(firm)}-26-000001", STATES[firm.country][0]
    source = {"ciks": [_cik(firm)], "display_names": [f"{firm.name.upper()} PLC  (CIK {_cik(firm)})"], "adsh": number}
    source |= {"form": "20-F", "file_date": "2026-03-31", "sics": [CLASSES[firm.sic][0]], "biz_states": [state]}
    kinds = ("20-F", "EX-8.1")
    return [{"_id": f"{number}:{kind}.htm", "_source": source | {"file_type": kind}} for kind in kinds]


def _submissions(ask: Ask) -> Reply:
    firm = next((each for each in listed() if _cik(each) == ask.found[0]), None)
    return Reply(_company(firm)) if firm else Reply(status=404, raw=b"<Error><Code>NoSuchKey</Code></Error>")


def _company(firm: Firm) -> dict[str, Any]:
    code, country = STATES[firm.country]
    address = {"street1": "1 INVENTED STREET", "street2": None, "city": firm.city.upper(), "zipCode": "ZZ1 1ZZ"}
    address |= {"stateOrCountry": code, "stateOrCountryDescription": country}
    sic, wording = CLASSES[firm.sic]
    return {
        "cik": str(int(_cik(firm))),
        "entityType": "operating",
        "sic": sic,
        "sicDescription": wording,
        "name": f"{firm.name.upper()} PLC",
        "tickers": [f"SB{firm.index}"],
        "exchanges": ["Nasdaq"],
        "ein": "000000000",
        "description": "",
        "website": f"https://www.{firm.domain}" if firm.index % 2 else "",
        "category": "Accelerated filer",
        "stateOfIncorporation": code,
        "addresses": {"mailing": address, "business": address},
        "phone": "",
        "formerNames": [],
        "filings": {"recent": {"accessionNumber": [], "form": []}, "files": []},
    }


def _tickers(_ask: Ask) -> Reply:
    rows = [{"cik_str": int(_cik(each)), "ticker": f"SB{each.index}", "title": f"{each.name} PLC"} for each in listed()]
    return Reply({str(number): row for number, row in enumerate(rows)})
