"""Mastodon in the sandbox: an instance's search, directory and own account, by its specification; pages by Link header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

BAD_KEY = "refused-key"
COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}
HOST = "https://social.example"
HEADERS = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "299", "X-RateLimit-Reset": "2026-06-14T05:00:00.000Z"}


def script() -> Script:
    routes = (
        ("GET", "/api/v2/search", _search),
        ("GET", "/api/v1/directory", _directory),
        ("GET", "/api/v1/accounts/verify_credentials", _mine),
    )
    return Script(routes, _refusal)


def _refusal(ask: Ask) -> Reply | None:
    if ask.headers.get("authorization", "") in ("", f"Bearer {BAD_KEY}"):
        return Reply({"error": "The access token is invalid"}, 401)
    return None


def _mine(_ask: Ask) -> Reply:
    return Reply({"id": "1", "username": "tester", "acct": "tester", "url": f"{HOST}/@tester"}, headers=HEADERS)


def _search(ask: Ask) -> Reply:
    """Every word must be in the profile, as where an instance searches its texts."""
    if not ask.one("q"):
        return Reply({"error": "q is missing"}, 422)
    words = ask.one("q").lower().split()
    found = [each for each in _accounts() if all(word in _text(each) for word in words)]
    reply = _page(ask, found, 40)
    return replace(reply, data={"accounts": reply.data, "statuses": [], "hashtags": []})


def _directory(ask: Ask) -> Reply:
    """Only who wants to be there; without a Link header, as its specification has none here."""
    reply = _page(ask, [each for each in _accounts() if each["discoverable"]], 80)
    return replace(reply, headers=HEADERS)


def _page(ask: Ask, found: list[dict[str, Any]], most: int) -> Reply:
    size, start = min(most, ask.number("limit", most)), ask.number("offset", 0)
    following = f'<{HOST}{ask.path}?limit={size}&offset={start + size}>; rel="next"'
    before = f'<{HOST}{ask.path}?limit={size}&offset={max(0, start - size)}>; rel="prev"'
    links = ", ".join([following] * (start + size < len(found)) + [before])
    return Reply(found[start : start + size], headers={**HEADERS, "Link": links})


def _accounts() -> Iterator[dict[str, Any]]:
    return (_account(firm, person) for firm in firms()[::3] for person in firm.people[1:])


def _text(account: dict[str, Any]) -> str:
    shown = " ".join(each["value"] for each in account["fields"])
    return f"{account['display_name']} {account['note']} {shown}".lower()


def _account(firm: Firm, person: Person) -> dict[str, Any]:
    """Every second company's people show an address; those of every seventh do not want to be found."""
    username = f"{person.given}_{person.family}_{firm.index}".lower()
    rows = [
        ("Location", f"{firm.city}, {COUNTRIES[firm.country]}"),
        ("Site", f'<a href="https://{firm.domain}">Site</a>'),
    ]
    rows += [("Mail", person.email)] * (firm.index % 2)
    return {
        "id": f"{firm.index}{person.index}",
        "username": username,
        "acct": username,
        "uri": f"{HOST}/users/{username}",
        "url": f"{HOST}/@{username}",
        "display_name": f"{person.given} {person.family} :verified:",
        "note": f"<p>{person.role} at {firm.name}.</p><p>{firm.trade}</p>",
        "fields": [{"name": name, "value": value, "verified_at": None} for name, value in rows],
        "discoverable": firm.index % 7 != 6,
        "indexable": True,
        "bot": False,
        "group": False,
        "locked": False,
        "created_at": "2022-11-14T00:00:00.000Z",
        "last_status_at": "2026-06-14",
        "followers_count": 40,
        "following_count": 30,
        "statuses_count": 200,
        "emojis": [],
    }
