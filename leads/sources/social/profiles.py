"""Profiles of social networks: the words they are searched by, and their text without its HTML. Pure."""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import Any

from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leads.criteria import Criteria
from leads.sources import wanting
from leads.sources.base import Cursor
from leads.vocabulary import places

_BREAKS = re.compile(r"<(?:br\s*/?|/p)>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_LINKEDIN = re.compile(r"https://(?:[a-z]{2,3}\.)?linkedin\.com/in/[\w%-]+", re.IGNORECASE)


def questions(criteria: Criteria, most: int) -> list[str]:
    """One of each group of words that must hold, titles and keywords and places: at most so many questions.

    >>> questions(Criteria.from_json({"titles": ["CTO"], "places": ["city:Leeds,GB", "DE"]}), 9)
    ['CTO Leeds', 'CTO Germany']
    """
    groups = (wanting.values(criteria, "titles"), wanting.values(criteria, "keywords"), place_words(criteria))
    asked = product(*(group for group in groups if group))
    found = dict.fromkeys(" ".join(words) for words in asked)
    return [words for words in found if words][:most]


def wanted(criteria: Criteria, most: int, title: str) -> list[str]:
    """The questions, for a network that finds nobody without a word. Raises Unanswered where there is none."""
    if found := questions(criteria, most):
        return found
    words = f"{title} finds people by words alone: it needs a job title, a keyword or a place that must hold."
    raise Unanswered(Outcome.BAD_REQUEST, words, was_asked=False)


def go_on(cursor: Cursor, size: int, where: Any, *, asked: int, most_pages: int) -> Cursor | None:
    """The cursor behind this page: `where` to go on with the same question, or the next of the `asked` ones; None after the last.

    >>> go_on({}, 9, "b", asked=2, most_pages=2), go_on({"at": 1, "page": 2}, 9, "c", asked=2, most_pages=2)
    ({'at': 0, 'page': 2, 'size': 9, 'where': 'b'}, None)
    """
    at, page = cursor.get("at", 0), cursor.get("page", 1)
    if where and page < most_pages:
        return {"at": at, "page": page + 1, "size": size, "where": where}
    return {"at": at + 1, "size": size} if at + 1 < asked else None


def place_words(criteria: Criteria) -> tuple[str, ...]:
    """Places as people write them in a profile: cities and regions by their name, groups of countries by each of them."""
    found: list[str] = []
    for place in wanting.values(criteria, "places"):
        is_part = ":" in place and not place.startswith("region:")
        named = [place.partition(":")[2].rpartition(",")[0]] if is_part else map(places.label, places.expand(place))
        found += sorted(named)
    return tuple(dict.fromkeys(filter(None, found)))


def plain(html: str) -> str:
    """ "<p>CTO at Acme</p><p>Berlin</p>" -> "CTO at Acme\\nBerlin"."""
    return unescape(_TAGS.sub("", _BREAKS.sub("\n", html))).strip()


def linkedin_of(text: str) -> str:
    """The profile at LinkedIn that somebody shows; "" if there is none."""
    found = _LINKEDIN.search(text)
    return found[0] if found else ""


def web(address: str) -> str:
    """The address of a page; "" for one that no browser should be sent to."""
    return address if address.startswith(("https://", "http://")) else ""
