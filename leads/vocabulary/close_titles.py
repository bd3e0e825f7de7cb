"""Titles close to one that is wanted: the same work a step up or down, or the same rank without its additions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from leads.vocabulary.titles import ParsedTitle, parse, title_matches

MOST = 3
# The ranks that people who do the same work may hold instead, the nearest first.
_BESIDE: dict[str, tuple[str, ...]] = {
    "manager": ("director",),
    "director": ("vp", "manager", "c_level"),
    "vp": ("director", "c_level"),
    "partner": ("owner", "founder"),
    "c_level": ("vp", "director", "founder", "owner"),
    "owner": ("founder", "c_level"),
    "founder": ("owner", "c_level"),
}


def close_titles(wanted: Sequence[str], known: Iterable[str]) -> list[str]:
    """Of the known titles at most MOST that lie close to a wanted one and that none of them covers, the closest first.

    Each stands for all that say the same. Worked example: close_titles(["Head of Sales"], ["VP Sales", "Sales Director",
    "VP of Sales", "CFO"]) -> ["VP Sales"]; "Sales Director" is a head of sales, so it was found before.
    """
    found = {title: place for title in known if (place := _distance(wanted, title)) is not None}
    chosen: list[str] = []
    for title in sorted(found, key=lambda each: (found[each], len(each), _is_shouted(each), each)):
        if len(chosen) < MOST and not any(title_matches(other, title) for other in chosen):
            chosen.append(title)
    return chosen


def _distance(wanted: Sequence[str], title: str) -> int | None:
    """How far the title lies from the nearest of the wanted ones: 0 the same rank; None if it is not close, or covered."""
    if any(title_matches(each, title) for each in wanted):
        return None
    places = [place for each in wanted if (place := _steps(each, title)) is not None]
    return min(places, default=None)


@lru_cache(maxsize=262_144)
def _steps(wanted: str, title: str) -> int | None:
    want, has = parse(wanted), parse(title)
    ranks = (want.seniority, *_BESIDE.get(want.seniority, ()))
    is_near = want.is_explicit and has.is_explicit and has.seniority in ranks and _does_the_same(want, has)
    return ranks.index(has.seniority) if is_near else None


def _does_the_same(want: ParsedTitle, has: ParsedTitle) -> bool:
    return bool(want.keywords) and set(want.keywords) == set(has.keywords) and not has.rest


def _is_shouted(title: str) -> bool:
    return title.isupper() or not title[:1].isupper()
