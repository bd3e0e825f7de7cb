"""GitHub in the sandbox: search for users by place and words, and their profiles, by its specification and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
MOST = 1000


def script() -> Script:
    routes = (
        ("GET", "/search/users", _search),
        ("GET", "/users/([a-z0-9-]+)", _user),
        ("GET", "/rate_limit", lambda _ask: Reply({"resources": {"core": {"limit": 5000, "remaining": 4990}}})),
    )
    return Script(routes, _refusal)


def _refusal(ask: Ask) -> Reply | None:
    if ask.headers.get("authorization", "") in ("", f"Bearer {BAD_KEY}"):
        return Reply({"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest"}, status=401)
    return None


def _developers() -> Iterator[tuple[Firm, Person]]:
    """The technical people of the world: who else would be there?"""
    return ((firm, person) for firm in firms() for person in firm.people if person.department == "it")


def _login(firm: Firm, person: Person) -> str:
    return f"{person.given}-{person.family}-{firm.index}".lower()


def _search(ask: Ask) -> Reply:
    places = [each.strip('"').lower() for each in re.findall(r'location:("[^"]+"|\S+)', ask.one("q"))]
    words = [each.strip('"').lower() for each in re.sub(r'\w+:("[^"]+"|\S+)', "", ask.one("q")).split()]
    found = [pair for pair in _developers() if _fits(*pair, places, words)]
    size, page = min(100, ask.number("per_page", 30)), ask.number("page", 1)
    if page * size > MOST:
        return Reply({"message": "Only the first 1000 search results are available"}, status=422)
    part = found[(page - 1) * size : page * size]
    items = [{"login": _login(*pair), "id": pair[0].index, "type": "User", "score": 1.0} for pair in part]
    return Reply({"total_count": len(found), "incomplete_results": False, "items": items})


def _fits(firm: Firm, person: Person, places: list[str], words: list[str]) -> bool:
    place, text = _place(firm).lower(), f"{_bio(firm, person)} {_login(firm, person)}".lower()
    return (not places or any(each in place for each in places)) and all(word in text for word in words)


def _place(firm: Firm) -> str:
    return f"{firm.city}, {COUNTRIES[firm.country]}"


def _bio(firm: Firm, person: Person) -> str:
    return f"{person.role} at {firm.name}. {firm.trade}."


def _user(ask: Ask) -> Reply:
    pair = next((pair for pair in _developers() if _login(*pair) == ask.found[0]), None)
    return Reply(_profile(*pair)) if pair else Reply({"message": "Not Found", "status": "404"}, status=404)


def _profile(firm: Firm, person: Person) -> dict[str, Any]:
    login = _login(firm, person)
    return {
        "login": login,
        "id": firm.index,
        "type": "User",
        "html_url": f"https://github.com/{login}",
        "name": f"{person.given} {person.family}",
        "company": f"@{firm.name}",
        "blog": f"https://{firm.domain}",
        "location": _place(firm),
        "email": person.email if firm.index % 2 else None,
        "bio": _bio(firm, person),
        "twitter_username": None,
        "hireable": None,
        "public_repos": 12,
        "followers": 40,
        "created_at": "2014-01-14T04:33:35Z",
        "updated_at": "2026-06-14T04:33:35Z",
    }
