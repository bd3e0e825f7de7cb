"""Bluesky in the sandbox: search for actors with a cursor, by its lexicon."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.scripted import Ask, Reply, Script
from leadengine.sandbox.world import Firm, Person, firms

COUNTRIES = {"GB": "United Kingdom", "DE": "Germany", "AT": "Austria"}


def script() -> Script:
    return Script((("GET", "/app.bsky.actor.searchActors", _search),))


def _search(ask: Ask) -> Reply:
    """Every word must be in the profile."""
    words = ask.one("q").lower().split()
    everybody = [_actor(firm, person) for firm in firms() for person in firm.people[2:]]
    found = [each for each in everybody if all(word in each["description"].lower() for word in words)]
    size = ask.number("limit", 25)
    if not 1 <= size <= 100:
        return Reply({"error": "InvalidRequest", "message": "limit must be between 1 and 100"}, status=400)
    start = ask.number("cursor", 0)
    more = {"cursor": str(start + size)} if start + size < len(found) else {}
    return Reply({"actors": found[start : start + size], **more})


def _actor(firm: Firm, person: Person) -> dict[str, Any]:
    handle = f"{person.given}-{person.family}-{firm.index}.bsky.example".lower()
    contact = f" | {person.email}" if firm.index % 4 == 3 else ""
    return {
        "did": f"did:plc:sandbox{firm.index:03}{person.index}",
        "handle": handle,
        "displayName": f"{person.given} {person.family}",
        "description": f"{person.role} at {firm.name} | {firm.city}, {COUNTRIES[firm.country]}{contact}",
        "indexedAt": "2026-06-14T04:33:35.000Z",
        "labels": [],
    }
