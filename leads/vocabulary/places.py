"""Places as standard terms: countries, groups of countries, states and cities, and free text -> term.

A term is an ISO 3166 code ("DE"), a group ("region:dach"), a state ("state:California,US"), a city ("city:Berlin,DE").
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from leads.names import fold
from leads.vocabulary.files import read_rows


@dataclass(frozen=True, slots=True)
class Country:
    """`zones` are representative IANA time zones and `offsets` their hours from UTC in January."""

    iso2: str
    name: str
    continent: str
    subregion: str
    zones: tuple[str, ...]
    offsets: tuple[float, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of countries that sales people speak of, such as DACH."""

    code: str
    label: str
    members: frozenset[str]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A city or state of a country, with its other names (for a state the postal code too)."""

    kind: str
    name: str
    country: str
    aliases: tuple[str, ...]

    @property
    def term(self) -> str:
        return f"{self.kind}:{self.name},{self.country}"


def _country(row: dict[str, str]) -> Country:
    offsets = tuple(float(offset) for offset in row["offsets"].split())
    names = (row["iso2"], row["name"], row["continent"], row["subregion"])
    return Country(*names, tuple(row["zones"].split()), offsets, _split(row["aliases"]))


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)


def _key(text: str) -> str:
    """Folded letters and digits: "U.S.A." -> "usa", "Baden-Württemberg" -> "baden wurttemberg"."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text).replace(".", "").replace("'", "")).split())


COUNTRIES: dict[str, Country] = {row["iso2"]: _country(row) for row in read_rows("countries.csv")}
GROUPS: dict[str, Group] = {
    row["code"]: Group(row["code"], row["label"], frozenset(row["members"].split()), _split(row["aliases"]))
    for row in read_rows("place_groups.csv")
}
CITIES = tuple(Part("city", row["name"], row["country"], _split(row["aliases"])) for row in read_rows("cities.csv"))
STATES = tuple(
    Part("state", row["name"], row["country"], (*_split(row["aliases"]), row["code"]))
    for row in read_rows("states.csv")
)


@lru_cache(maxsize=16_384)
def country_code(text: str) -> str:
    """The ISO code of a country's code, name, other name or demonym; "" if it is none."""
    code = text.strip().upper()
    return code if code in COUNTRIES else _country_names().get(_key(text), "")


@lru_cache(maxsize=16_384)
def normalise(text: str) -> str:
    """The term for free text ("Munich", "Berlin, Germany", "Bavaria", "DACH", "uk"); "" if it is unknown.

    A city that is not in our list is taken as it is written if its country is named beside it.
    """
    spelled = text.strip()
    kind, colon, rest = spelled.partition(":")
    if colon and kind.lower() == "region":
        return f"region:{rest.lower()}" if rest.lower() in GROUPS else ""
    if colon and kind.lower() in ("city", "state"):
        return _part_term(rest, kind.lower())
    return country_code(spelled) or _group_term(spelled) or _part_term(spelled)


def suggest(text: str, n: int = 3) -> list[str]:
    """Names near the text, for a message that says what might have been meant."""
    names = [country.name for country in COUNTRIES.values()] + [group.label for group in GROUPS.values()]
    names += [part.name for part in (*CITIES, *STATES)]
    near = process.extract(text, names, scorer=fuzz.WRatio, processor=_key, limit=n, score_cutoff=70)
    return [name for name, _score, _index in near]


@lru_cache(maxsize=4_096)
def expand(place: str) -> frozenset[str]:
    """The countries a term touches: those of a group, or the country of a state or city."""
    if place.startswith("region:"):
        return GROUPS[place[7:]].members
    return frozenset({place.rpartition(",")[2] if "," in place else place})


def label(place: str) -> str:
    """What a person reads: "Germany", "DACH", "Berlin, Germany"."""
    if place.startswith("region:"):
        return GROUPS[place[7:]].label
    if place in COUNTRIES:
        return COUNTRIES[place].name
    name, _, country = place.partition(":")[2].rpartition(",")
    return f"{name}, {COUNTRIES[country].name}"


@lru_cache(maxsize=65_536)
def place_matches(place: str, country: str, region: str = "", city: str = "") -> bool:
    """Whether a location (ISO code, state, city as a source writes them) lies in the place of the term."""
    if country.upper() not in expand(place):
        return False
    kind, colon, rest = place.partition(":")
    if not colon or kind == "region":
        return True
    names = _part_names(kind, rest.rpartition(",")[0], country.upper())
    found = {_key(city)} | ({_key(city.split(",")[0])} if city else set()) if kind == "city" else {_key(region)}
    return bool(names & (found - {""}))


def _group_term(text: str) -> str:
    code = _group_names().get(_key(text), "")
    return f"region:{code}" if code else ""


def _part_term(text: str, kind: str = "") -> str:
    """A city or state with its country behind the last comma, or one that is known without it."""
    name, _, country = text.rpartition(",")
    code = country_code(country) if name else ""
    if code and not _is_state_of_city(country, name):
        known = _known_part(name, kind, code)
        return known.term if known else f"{kind or 'city'}:{_tidy(name)},{code}"
    known = _known_part(text, kind, "") or (_known_part(name, kind, "") if name else None)
    return known.term if known else ""


def _known_part(name: str, kind: str, country: str) -> Part | None:
    """Cities come before states, and a short code ("CA") counts only beside a country."""
    parts = _part_index().get(_key(name), ())
    for part in parts:
        short = _key(name) == _key(part.aliases[-1]) if part.kind == "state" else False
        if kind in ("", part.kind) and (part.country == country or (not country and not short)):
            return part
    return None


def _is_state_of_city(state: str, name: str) -> bool:
    """In "San Francisco, CA" the last word is a state of the city's country, not the country Canada."""
    city = _known_part(name, "city", "")
    return bool(city and city.country != country_code(state) and _known_part(state, "state", city.country))


def _part_names(kind: str, name: str, country: str) -> frozenset[str]:
    part = _known_part(name, kind, country)
    return frozenset(_key(each) for each in ((part.name, *part.aliases) if part else (name,)))


def _tidy(name: str) -> str:
    return " ".join(name.split(",")[0].split())


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {_key(alias): country.iso2 for country in COUNTRIES.values() for alias in country.aliases}
    return names | {_key(country.name): country.iso2 for country in COUNTRIES.values()}


@lru_cache(maxsize=1)
def _group_names() -> dict[str, str]:
    return {_key(name): g.code for g in GROUPS.values() for name in (*g.aliases, g.code, g.label)}


@lru_cache(maxsize=1)
def _part_index() -> dict[str, list[Part]]:
    index: dict[str, list[Part]] = {}
    for part in (*CITIES, *STATES):
        for name in {_key(name) for name in (part.name, *part.aliases)}:
            index.setdefault(name, []).append(part)
    return index
