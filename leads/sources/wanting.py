"""What a provider can be asked of criteria: only what must hold, and only as far as its own words go. Pure."""

from __future__ import annotations

from leads.criteria import Criteria
from leads.criteria.terms import Range, Terms
from leads.vocabulary import places
from leads.vocabulary.sizes import BANDS

ANY = Range()


def values(criteria: Criteria, name: str) -> tuple[str, ...]:
    """The terms of which one must hold; () where nothing must. Exclusions are for the engine to judge."""
    asked = getattr(criteria, name)
    return asked.values if isinstance(asked, Terms) and asked.level == "must" else ()


def span(criteria: Criteria, name: str) -> Range:
    """The range that must hold, open at both ends where none must."""
    asked = getattr(criteria, name)
    return asked if isinstance(asked, Range) and asked.level == "must" else ANY


def countries(criteria: Criteria) -> frozenset[str]:
    """The countries that the places touch; empty where no place must hold."""
    return frozenset(code for place in values(criteria, "places") for code in places.expand(place))


def cities(criteria: Criteria, country: str = "") -> tuple[str, ...]:
    """The names of the cities, where nothing wider is asked for (in the country); () otherwise.

    A city stands for its country in a group of places, so a group or a country beside it makes the filter too narrow.
    """
    asked = [each for each in values(criteria, "places") if not country or country in places.expand(each)]
    found = [each[5:].rpartition(",")[0] for each in asked if each.startswith("city:")]
    return tuple(found) if len(found) == len(asked) else ()


def bands(criteria: Criteria) -> tuple[str, ...]:
    """LinkedIn's bands of employees that share more than an edge with the range; () where none must hold."""
    asked = span(criteria, "employees")
    if not asked:
        return ()
    low, high = asked.min or 0, asked.max or 10**9
    return tuple(band.code for band in BANDS if (band.high or 10**9) >= low and band.low <= high)
