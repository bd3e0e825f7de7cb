"""X in the sandbox: search for users with a token for the next page, and one user, by its interface of version 2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
PROBLEM = {"Content-Type": "application/problem+json"}
MOST = 1000


def script() -> Script:
    return Script(
        (("GET", "/2/users/search", _search), ("GET", "/2/users/by/username/([A-Za-z0-9_]+)", _user)), _refusal
    )


def _refusal(ask: Ask) -> Reply | None:
    if ask.headers.get("authorization", "") in ("", f"Bearer {BAD_KEY}"):
        return _problem(401, "Unauthorized", "Unauthorized")
    return None


def _problem(status: int, title: str, detail: str, kind: str = "about:blank") -> Reply:
    return Reply({"title": title, "type": kind, "status": status, "detail": detail}, status, PROBLEM)


def _search(ask: Ask) -> Reply:
    """Every word must be in the profile."""
    words, size = ask.one("query").lower().split(), ask.number("max_results", 100)
    if not words or not 1 <= size <= MOST:
        return _problem(400, "Invalid Request", "One or more parameters to your request was invalid.")
    asked, start = ask.many("user.fields"), ask.number("next_token", 0)
    found = [each for each in _users() if all(word in " ".join(map(str, each.values())).lower() for word in words)]
    part = [_only(each, asked) for each in found[start : start + size]]
    more = {"next_token": str(start + size)} if start + size < len(found) else {}
    return Reply({"data": part, "meta": {"result_count": len(part), **more}} if part else {"meta": {"result_count": 0}})


def _user(ask: Ask) -> Reply:
    return Reply({"data": {"id": "783214", "name": "X", "username": ask.found[0]}})


def _only(user: dict[str, Any], asked: list[str]) -> dict[str, Any]:
    """Three fields always, the others when they are asked for."""
    return {name: value for name, value in user.items() if name in ("id", "name", "username", *asked)}


def _users() -> Iterator[dict[str, Any]]:
    return (_profile(firm, person) for firm in firms() for person in firm.people[1:3])


def _profile(firm: Firm, person: Person) -> dict[str, Any]:
    """Those of every fifth company show an address."""
    contact = f" Mail: {person.email}" if firm.index % 5 == 0 else ""
    site = {"url": "https://t.co/sandbox", "expanded_url": f"https://{firm.domain}", "display_url": firm.domain}
    return {
        "id": f"90{firm.index:04}{person.index}",
        "name": f"{person.given} {person.family}",
        "username": f"{person.given}_{person.family}_{firm.index}",
        "description": f"{person.role} at {firm.name}.{contact}",
        "location": f"{firm.city}, {COUNTRIES[firm.country]}",
        "url": site["url"],
        "entities": {"url": {"urls": [{"start": 0, "end": 20, **site}]}},
        "public_metrics": {"followers_count": 40, "following_count": 30, "tweet_count": 200, "listed_count": 1},
    }
