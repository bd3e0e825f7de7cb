"""Time zones of places, and the working hours that two of them share on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from leads.vocabulary import places
from leads.vocabulary.files import read_rows

WORKING_DAY = 8.0  # hours, 9 to 17 on the clock of the place
PLACES = {(row["kind"], row["name"], row["country"]): row["zone"] for row in read_rows("zones.csv")}


@lru_cache(maxsize=16_384)
def zones_of(country: str, region: str = "", city: str = "") -> tuple[str, ...]:
    """The zone of a city or state that is known, else the zones of its country; () for an unknown country.

    >>> zones_of("US", "California"), zones_of("AT")
    (('America/Los_Angeles',), ('Europe/Vienna',))
    """
    known = places.COUNTRIES.get(country.upper())
    if known is None or len(known.zones) < 2:
        return known.zones if known else ()
    for kind, name in (("city", city), ("state", region)):
        term = places.normalise(f"{kind}:{name},{known.iso2}") if name else ""
        found = PLACES.get((kind, term.partition(":")[2].rpartition(",")[0], known.iso2))
        if found:
            return (found,)
    return known.zones


@lru_cache(maxsize=1_024)
def zones_of_home(home: str) -> tuple[str, ...]:
    """The zones where a team works, of terms parted by ";": an IANA name, a country, a state or a city.

    >>> zones_of_home("DE; America/New_York")
    ('Europe/Berlin', 'America/New_York')
    """
    return tuple(zone for term in home.split(";") for zone in _of_term(term.strip()))


@lru_cache(maxsize=1_024)
def place_of_home(home: str) -> str:
    """The term of a place where the team works, the first that is known: of a time zone a place in it; "" if there is none.

    >>> place_of_home("Japan"), place_of_home("UTC; Asia/Tokyo")
    ('JP', 'JP')
    """
    terms = (term.strip() for term in home.split(";"))
    return next(filter(None, (places.normalise(term) or _place_in(term) for term in terms if term)), "")


@lru_cache(maxsize=65_536)
def hours_shared(ours: tuple[str, ...], theirs: tuple[str, ...], on: date) -> float:
    """Hours of the working day, 0..8, that somebody in `theirs` shares with the nearest of `ours` on this day.

    Where `theirs` are several, because only the country is known, their mean. Summer time counts: Sydney shares none with
    Berlin in January, and New York shares three instead of two in the weeks when only America has moved its clocks.
    """
    if not ours or not theirs:
        return 0.0
    return sum(max(_shared(_offset(a, on), _offset(b, on)) for a in ours) for b in theirs) / len(theirs)


def _of_term(term: str) -> tuple[str, ...]:
    if term in _names():
        return (term,)
    found = places.normalise(term) if term else ""
    if found.startswith("region:"):
        return _merged(places.expand(found))
    kind, _, rest = found.partition(":")
    name, _, country = rest.rpartition(",")
    if kind == "city":
        return zones_of(country, "", name)
    return zones_of(country, name) if kind == "state" else zones_of(found)


def _place_in(zone: str) -> str:
    """A state or city in the zone where its country has several, else the country."""
    parts = (f"{kind}:{name},{country}" for (kind, name, country), its in PLACES.items() if its == zone)
    return next(parts, "") or next((each.iso2 for each in places.COUNTRIES.values() if zone in each.zones), "")


def _merged(countries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(zone for country in sorted(countries) for zone in zones_of(country)))


def _shared(a: float, b: float) -> float:
    """Around the clock: UTC+12 and UTC-11 are one hour apart."""
    apart = abs(a - b) % 24
    return max(0.0, WORKING_DAY - min(apart, 24 - apart))


@lru_cache(maxsize=16_384)
def _offset(zone: str, on: date) -> float:
    """Hours from UTC at noon of the day."""
    offset = datetime.combine(on, time(12), UTC).astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
