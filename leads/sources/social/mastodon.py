"""Mastodon: people who let themselves be found, by the words of their profile, as the instance that was chosen knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome, own_words
from leads.candidate import Candidate, CompanyFacts
from leads.sources.base import Count, Cursor, Page, SearchRequest
from leads.sources.connector import Connector, KeyTest, listed, read_each, text
from leads.sources.door import Door, is_loopback
from leads.sources.social.bios import email_of, home_of, role_of
from leads.sources.social.profiles import go_on, linkedin_of, plain, questions, web

SIZE, MOST_PAGES, MOST_QUESTIONS = 40, 25, 20
HIDDEN = ("bot", "group", "limited", "memorial", "moved", "noindex", "suspended")
PLACES = ("location", "city", "based in", "ort", "wohnort")
POSITIONS = ("job", "role", "work", "position", "beruf")
MENTION = re.compile(r"@([\w.-]+)@[\w.-]+")
EMOJI = re.compile(r" ?:\w{1,64}:")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
NEXT = re.compile(r'<([^<>]*)>\s*;[^,<>]*\brel="?next\b')
NO_INSTANCE = "Mastodon's key names no instance: write its name, a colon and the access token, as mastodon.social:token"


class Mastodon(Connector):
    """One question a page, for each way to put the words; without words, the instance's directory."""

    name: ClassVar[str] = "mastodon"
    provider: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon"
    kind: ClassVar[str] = "social"
    freshness: ClassVar[str] = "Live profiles"
    batch: ClassVar[int] = SIZE
    base_url = "https://mastodon.social"
    key_page: ClassVar[str] = "https://mastodon.social/settings/applications"
    key_hint: ClassVar[str] = "Your instance, a colon and its access token, as in mastodon.social:token"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(280, 300.0),)
    dialect: ClassVar[Dialect] = Dialect(said=lambda data: own_words(data, "error"))
    keeps_for: ClassVar[int] = 3600
    knows: ClassVar[frozenset[str]] = frozenset(
        {"keywords", "titles", "seniorities", "departments", "places", "has_email"}
    )
    cost: ClassVar[str] = "Free; 56 questions a minute"
    reach: ClassVar[str] = "People who let themselves be found, by their own words; few show an e-mail address"

    def address(self, key: str) -> str:
        host = key.rpartition(":")[0].removeprefix("https://").rstrip("/").lower()
        if not host or is_loopback(self.base_url):
            return self.base_url
        if not HOST.fullmatch(host):
            raise Unanswered(Outcome.KEY_REFUSED, NO_INSTANCE, was_asked=False)
        return f"https://{host}"

    def credentials(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key.rpartition(':')[2]}"}

    def ask_count(self, door: Door, request: SearchRequest) -> Count:
        """What one page of the first question holds: nobody tells more."""
        wanted = questions(request.criteria, MOST_QUESTIONS)
        found, following = _found(door, wanted[0] if wanted else "", {}, SIZE)
        return Count(len(found), is_capped=bool(following) or len(wanted) > 1)

    def ask_page(self, door: Door, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        """Question after question; the cursor says which one it is `at`, and `where` in its answers to go on."""
        wanted = questions(request.criteria, MOST_QUESTIONS) or [""]
        size = cursor.get("size", min(limit, SIZE))
        found, following = _found(door, wanted[cursor.get("at", 0)], cursor.get("where", {}), size)
        shown = [each for each in found if _is_shown(each)]
        candidates, faults = read_each(shown, lambda each: self._read(each, request.now), _label)
        onward = go_on(cursor, size, following, asked=len(wanted), most_pages=MOST_PAGES)
        return Page(candidates, onward, faults)

    def ask_test(self, door: Door) -> KeyTest:
        mine = door.get("/api/v1/accounts/verify_credentials").data
        return KeyTest(f"It works at {urlsplit(mine['url']).hostname} as @{mine['username']}")

    def _read(self, account: Mapping[str, Any], now: datetime) -> Candidate:
        uri, bio, shown = text(account["uri"]), MENTION.sub(r"@\1", plain(text(account.get("note")))), _fields(account)
        everything = "\n".join((bio, *shown.values()))
        title, company = next(filter(any, map(role_of, (bio, *_of(shown, POSITIONS)))), ("", ""))
        country, city = next(filter(any, map(home_of, (*_of(shown, PLACES), bio))), ("", ""))
        return Candidate(
            source=self.name,
            record_id=uri,
            full_name=EMOJI.sub("", text(account.get("display_name"))).strip() or text(account["username"]),
            title=title,
            email=email_of(everything),
            linkedin_url=linkedin_of(everything),
            country=country,
            city=city,
            company=CompanyFacts(name=company),
            evidence_url=web(text(account.get("url"))) or web(uri),
            observed_at=now,
            confidence=0.6,
            extra=(("mastodon", _handle(account)),),
        )


def next_of(link: str) -> dict[str, str]:
    """Where the next page begins, by a Link header; its address is not followed, only its place is taken.

    >>> next_of('<https://a.example/api?q=x&max_id=7>; rel="next", <https://a.example/api?min_id=9>; rel="prev"')
    {'max_id': '7'}
    """
    found = NEXT.search(link)
    pairs = parse_qsl(urlsplit(found[1]).query) if found else []
    return {name: value for name, value in pairs if name in ("offset", "max_id", "min_id")}


def _found(door: Door, words: str, where: Mapping[str, str], size: int) -> tuple[list[Any], dict[str, str]]:
    """(accounts, where the next page begins; {} at the end)."""
    asked = {"q": words, "type": "accounts"} if words else {"local": "true", "order": "active"}
    answer = door.get("/api/v2/search" if words else "/api/v1/directory", {**asked, "limit": size, **where})
    if not answer.is_match:
        return [], {}
    found = listed(answer.data, "accounts") if words else listed(answer.data)
    if "link" in answer.headers:
        return found, next_of(answer.headers["link"]) if found else {}
    return found, {"offset": str(int(where.get("offset", 0)) + size)} if len(found) >= size else {}


def _is_shown(account: Any) -> bool:
    """Whether somebody let themselves be found, and is a person as far as their instance knows."""
    if not isinstance(account, dict):
        return True  # a fault, and told as one
    return account.get("discoverable") is True and not any(account.get(name) for name in HIDDEN)


def _fields(account: Mapping[str, Any]) -> dict[str, str]:
    """What the profile's table says, by its own names in small letters."""
    rows = account.get("fields") or []
    return {plain(text(each.get("name"))).lower(): plain(text(each.get("value"))) for each in rows}


def _of(shown: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    return [shown[name] for name in names if name in shown]


def _handle(account: Mapping[str, Any]) -> str:
    """ "ada@social.example", for those of the instance itself, too."""
    acct = text(account.get("acct"))
    return acct if "@" in acct else f"{acct}@{urlsplit(text(account['uri'])).hostname}"


def _label(account: Any) -> tuple[str, str]:
    return account["uri"], account.get("acct") or account["uri"]
