"""Wikidata's query service in the sandbox: the parts of a question that narrow it, and rows in the form of SPARQL results."""

from __future__ import annotations

import re
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, firms

ENTITY, DIRECT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
NAMES = {
    "62012": "software industry",
    "62020": "information technology consulting",
    "70229": "management consulting",
    "71122": "engineering",
    "73110": "advertising industry",
    "46900": "wholesale",
}
MALFORMED = b"SPARQL-QUERY: queryStr=...\njava.util.concurrent.ExecutionException: MalformedQueryException"
NO_AGENT = b"Requests must have a user agent that says how to reach you."


def script() -> Script:
    return Script((("GET", "/sparql", _answer),), _refusal)


def _refusal(ask: Ask) -> Reply | None:
    """Who does not say in the User-Agent how to be reached is turned away, as the policy of its operator has it."""
    is_told = "(" in ask.headers.get("user-agent", "")
    return None if is_told else Reply(status=403, raw=NO_AGENT)


def _answer(ask: Ask) -> Reply:
    question = ask.one("query")
    if not question.startswith("SELECT") or question.count("{") != question.count("}"):
        return Reply(status=400, raw=MALFORMED)
    if "?one" in question:
        return _results([{"one": _literal("1")}])
    found = sorted((each for each in firms() if _fits(each, question)), key=_item)
    if "COUNT(" in question:
        return _results([{"total": _literal(str(len(found)))}])
    start, size = _number("OFFSET", question, 0), _number("LIMIT", question, len(found))
    wanted = re.findall(r"wdt:(P\d+)", question.partition("VALUES ?fact")[2].partition("}")[0])
    return _results([row for firm in found[start : start + size] for row in _rows(firm, wanted)])


def _results(rows: list[dict[str, Any]]) -> Reply:
    names = sorted({name for row in rows for name in row})
    return Reply({"head": {"vars": names}, "results": {"bindings": rows}})


def _fits(firm: Firm, question: str) -> bool:
    codes, trades = _listed("?code", question), _listed("?trade", question)
    return (
        ("VALUES ?site" not in question or f"<https://www.{firm.domain}/>" in question)
        and (not codes or firm.country in codes)
        and (not trades or NAMES[firm.sic] in trades)
        and _is_between(_staff(firm), r"\?staff", question)
        and _is_between(int(firm.founded[:4]), r"YEAR\(\?born\)", question)
    )


def _listed(variable: str, question: str) -> list[str]:
    return re.findall(r'"([^"]+)"', question.partition(f"VALUES {variable}")[2].partition("}")[0])


def _is_between(value: int | None, term: str, question: str) -> bool:
    """Of whom it is not known, that rules nobody out: so the question asks."""
    edges = re.findall(rf"{term} (<=|>=) (\d+)", question)
    return value is None or all(value <= int(edge) if sign == "<=" else value >= int(edge) for sign, edge in edges)


def _number(word: str, question: str, default: int) -> int:
    found = re.search(rf"{word} (\d+)", question)
    return int(found[1]) if found else default


def _item(firm: Firm) -> str:
    return f"Q{99_000_000 + firm.index}"


def _staff(firm: Firm) -> int | None:
    """Of every third nobody wrote it down."""
    return int(firm.band.partition("-")[0]) + 7 if firm.index % 3 else None


def _rows(firm: Firm, wanted: list[str]) -> list[dict[str, Any]]:
    """A row for each value of each fact, and one for a fact without any."""
    head = {
        "item": _uri(ENTITY + _item(firm)),
        "itemLabel": _literal(firm.name, "en"),
        "itemDescription": _literal(f"company in {firm.city}", "en"),
        "land": _literal(firm.country),
    }
    facts, rows = _facts(firm), []
    for fact in wanted:
        told = {"fact": _uri(DIRECT + fact)}
        rows += [head | told | each for each in facts.get(fact, [])] or [head | told]
    return rows


def _facts(firm: Firm) -> dict[str, list[dict[str, Any]]]:
    staff, site = _staff(firm), f"https://www.{firm.domain}/"
    return {
        "P159": [_thing(f"Q98{firm.index:06}", firm.city)],
        "P452": [_thing(f"Q97{firm.sic}", NAMES[firm.sic])],
        "P571": [_plain(f"{firm.founded}T00:00:00Z")],
        "P1128": [_plain(str(staff))] if staff else [],
        "P856": [_plain(site), _plain(f"{site}en")] if firm.index % 4 == 0 else [_plain(site)],
        "P4264": [_plain(firm.domain.partition(".")[0])] if firm.index % 2 else [],
        "P1278": [_plain(firm.lei)],
        "P2002": [_plain(firm.domain.partition(".")[0])] if firm.index % 3 == 0 else [],
        "P2037": [_plain(f"{firm.domain.partition('.')[0]}-code")] if firm.index % 5 == 0 else [],
    }


def _thing(item: str, label: str) -> dict[str, Any]:
    return {"value": _uri(ENTITY + item), "valueLabel": _literal(label, "en")}


def _plain(value: str) -> dict[str, Any]:
    return {"value": _literal(value), "valueLabel": _literal(value)}


def _uri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def _literal(value: str, language: str = "") -> dict[str, str]:
    return {"type": "literal", "value": value} | ({"xml:lang": language} if language else {})
