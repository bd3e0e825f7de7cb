"""The lists that the sample is invented from: names, company words, markets, cities, trades and job titles."""

import csv
from configparser import ConfigParser
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Culture:
    """Names of one culture, and the words that its companies are called by."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """A country of the sample; `weight` says how often it is drawn, telephone patterns have x for any digit."""

    country: str
    weight: int
    culture: str
    second: str
    language: str
    forms: tuple[str, ...]
    landlines: tuple[str, ...]
    mobiles: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """What a company does; `industry` is a code of our tree."""

    industry: str
    weight: int
    names: tuple[str, ...]
    keywords: tuple[str, ...]
    technologies: tuple[str, ...]
    description: str

    def names_in(self, language: str) -> tuple[str, ...]:
        """The words that a company of that language may have in its name; "de:Werke" is German only."""
        marked = (name.rpartition(":") for name in self.names)
        return tuple(name for only, _, name in marked if only in ("", language))


@lru_cache(maxsize=1)
def cultures() -> dict[str, Culture]:
    names, words = _read_ini("names.ini"), _read_ini("stems.ini")
    return {
        name: Culture(
            _words(names[name]["women"]),
            _words(names[name]["men"]),
            _words(names[name]["family"]),
            _words(words[name]["words"]),
        )
        for name in names.sections()
    }


@lru_cache(maxsize=1)
def markets() -> tuple[Market, ...]:
    cities: dict[str, list[tuple[str, str]]] = {}
    for row in _read_csv("cities.csv"):
        cities.setdefault(row["country"], []).append((row["region"], row["city"]))
    return tuple(
        Market(
            country=row["country"],
            weight=int(row["weight"]),
            culture=row["culture"],
            second=row["second"],
            language=row["language"],
            forms=_variants(row["forms"]),
            landlines=_variants(row["landlines"]),
            mobiles=_variants(row["mobiles"]),
            cities=tuple(cities[row["country"]]),
        )
        for row in _read_csv("countries.csv")
    )


@lru_cache(maxsize=1)
def trades() -> tuple[Trade, ...]:
    return tuple(
        Trade(
            industry=row["industry"],
            weight=int(row["weight"]),
            names=_variants(row["names"]),
            keywords=_variants(row["keywords"]),
            technologies=_variants(row["technologies"]),
            description=row["description"],
        )
        for row in _read_csv("sectors.csv")
    )


@lru_cache(maxsize=1)
def titles() -> dict[tuple[str, str, str], tuple[str, ...]]:
    """(language, department, level) -> titles; "man/woman" where a language tells them apart."""
    return {
        (row["language"], row["department"], row["level"]): _variants(row["titles"]) for row in _read_csv("titles.csv")
    }


def _read_ini(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read(DATA / name, encoding="utf-8")
    return parser


def _read_csv(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _variants(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))
