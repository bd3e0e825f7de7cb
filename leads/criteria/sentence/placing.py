"""Places of a sentence that the words behind them narrow: "Vienna, Austria", "Austin, TX", "Aberdeen, Scotland"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leads.criteria.sentence.before import Before
from leads.criteria.sentence.phrases import Phrase
from leads.criteria.sentence.tokens import Token
from leads.vocabulary import places


def with_country(found: Sequence[Token], start: int, phrase: Phrase) -> Phrase:
    """ "Vienna, Austria" and "Austin, TX" are one place: the country behind it tells which one."""
    term, end = phrase.values[0], start + phrase.size
    if ":" not in term or term.startswith("region:") or end >= len(found):
        return phrase
    if found[end].gap.strip() not in (",", "(", "") or found[end].is_quoted:
        return phrase
    name = " ".join(token.text for token in found[start:end])
    for size in (4, 3, 2, 1):
        behind = found[end : end + size]
        if len(behind) < size or any(token.is_apart for token in behind[1:]):
            continue
        country = " ".join(token.text for token in behind)
        if narrowed := _narrowed(name, country):
            return Phrase("places", (narrowed,), phrase.size + size, is_sure=True)
    return phrase


def unlisted_city(found: Sequence[Token], start: int, before: Before) -> Phrase | None:
    """ "in Aberdeen, Scotland": a name that we do not list is a city where its country stands behind it."""
    token, behind = found[start], found[start + 1 : start + 2]
    is_expected = before.context == "place" or before.continues("places")
    if not is_expected or not behind or behind[0].gap.strip() != "," or not token.text[:1].isupper():
        return None
    for size in range(min(3, len(found) - start - 1), 0, -1):
        if country := _country(found[start + 1 : start + 1 + size]):
            return Phrase("places", (f"city:{token.text},{country}",), 1 + size)
    return None


def _country(window: Sequence[Token]) -> str:
    return places.country_code(" ".join(token.text for token in window))


def _narrowed(name: str, around: str) -> str:
    """The term of a city or state in the country or state that is named behind it; "" if it does not lie there."""
    term = places.normalise(f"{name}, {around}")
    if term not in _parts():
        return ""
    home = term.rpartition(",")[2]
    is_state = around.casefold() in _states(home) and not places.normalise(around).startswith("city:")
    return term if places.country_code(around) == home or is_state else ""


@lru_cache(maxsize=1)
def _parts() -> frozenset[str]:
    return frozenset(part.term for part in (*places.CITIES, *places.STATES))


@lru_cache(maxsize=64)
def _states(country: str) -> frozenset[str]:
    states = (part for part in places.STATES if part.country == country)
    return frozenset(name.casefold() for part in states for name in (part.name, *part.aliases))
