"""Terms that complete what somebody types into a list of the builder, each with how many leads it would find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from leads.criteria import Criteria, Terms
from leads.criteria.editing import asking
from leads.directory import searching, wording
from leads.names import fold
from leads.sources.base import SearchRequest
from leads.vocabulary import funding, industries, places, technologies, titles
from leads.vocabulary.files import read_rows

MOST, LOOKED_AT = 7, 14
SHORTEST_TITLE = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`label` is what goes into the list; `count` in words what it would find, the other criteria kept."""

    label: str
    count: str


def suggest(field: str, text: str, criteria: Criteria, *, includes_samples: bool, now: datetime) -> list[Suggestion]:
    """Of the terms nearest to the text those that find most; before them what is typed in full, behind them other words.

    [] for a field that has no list, or for too few letters.

    `includes_samples`: whether invented data counts, as only in a sample workspace.
    """
    everybody = SearchRequest(
        criteria=criteria, workspace_id=0, new_only=False, includes_samples=includes_samples, now=now
    )
    if field not in _NEAR:
        return []
    named = dict(reversed(_NEAR[field](text)))  # of two things with one label, a city and its state, the nearer one
    near = list(reversed(named.items()))[:LOOKED_AT]
    counts = searching.counts([_narrowed(everybody, field, value) for _label, value in near])
    told = [(label, count) for (label, _value), count in zip(near, counts, strict=True)]
    told.sort(key=lambda each: (not each[1].value, _farness(each[0], text), -each[1].value))
    return [Suggestion(label, str(count)) for label, count in told[:MOST]]


def _farness(label: str, text: str) -> int:
    """0 where the label is what was typed, 1 where its words begin so, 2 where only another name of the thing does."""
    if fold(label) == fold(text.strip()):
        return 0
    return 1 if nearest(text, [(label, label)]) else 2


def _narrowed(everybody: SearchRequest, field: str, value: str) -> SearchRequest:
    return replace(everybody, criteria=asking(everybody.criteria, field, Terms((value,))))


def _industries(text: str) -> list[tuple[str, str]]:
    known = _industry_names()
    codes = dict.fromkeys(code for _name, code in nearest(text, known))
    near = codes or dict.fromkeys(each.code for each in industries.suggest(text, MOST) if len(text) > 3)
    return [(industries.label(code), code) for code in near]


def _places(text: str) -> list[tuple[str, str]]:
    terms = dict.fromkeys(term for _name, term in nearest(text, _place_names()))
    return [(places.label(term), term) for term in terms]


def _technologies(text: str) -> list[tuple[str, str]]:
    names = dict.fromkeys(name for _spelled, name in nearest(text, _technology_names()))
    return [(name, name) for name in names]


def _departments(text: str) -> list[tuple[str, str]]:
    return _coded(text, titles.DEPARTMENTS, {})


def _funding_stages(text: str) -> list[tuple[str, str]]:
    return _coded(text, funding.STAGES, funding.ALIASES)


def _coded(text: str, labels: Mapping[str, str], aliases: Mapping[str, str]) -> list[tuple[str, str]]:
    """Of a closed list, by label, code or another name."""
    named = (
        [(label, code) for code, label in labels.items()] + [(code, code) for code in labels] + list(aliases.items())
    )
    return [(labels[code], code) for code in dict.fromkeys(code for _name, code in nearest(text, named))]


def _titles(text: str) -> list[tuple[str, str]]:
    """Titles that people of the directory have."""
    if len(text.strip()) < SHORTEST_TITLE:
        return []
    found = nearest(text, ((title, title) for title in wording.all_titles()))
    best_last = sorted(found, key=lambda each: (not each[0].isupper(), each[0][:1].isupper()))
    spelled = {fold(title): title for title, _ in best_last}
    return [(spelled[key], spelled[key]) for key in dict.fromkeys(fold(title) for title, _ in found)]


def nearest(text: str, named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The (name, value) pairs in whose name every word of the text begins a word; those that begin so first, short first.

    Worked example: nearest("man mach", [("Machinery Manufacturing", "m"), ("Mining", "x")]) -> the first one.
    """
    words = _words(text)
    if not words:
        return []
    fitting = [(name, value) for name, value in named if all(_begins(word, _words(name)) for word in words)]
    return sorted(fitting, key=lambda each: (not fold(each[0]).startswith(fold(text)), len(each[0]), each[0]))


def _begins(word: str, names: Sequence[str]) -> bool:
    return any(name.startswith(word) for name in names)


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(sign if sign.isalnum() or sign in "+#" else " " for sign in fold(text)).split())


@lru_cache(maxsize=1)
def _industry_names() -> tuple[tuple[str, str], ...]:
    labels = [(item.label, item.code) for item in industries.TREE.values()]
    return tuple(labels + [(row["alias"], row["code"]) for row in read_rows("industry_aliases.csv")])


@lru_cache(maxsize=1)
def _place_names() -> tuple[tuple[str, str], ...]:
    countries = [(name, item.iso2) for item in places.COUNTRIES.values() for name in (item.name, *item.aliases)]
    groups = [(name, f"region:{item.code}") for item in places.GROUPS.values() for name in (item.label, *item.aliases)]
    parts = [(name, part.term) for part in (*places.CITIES, *places.STATES) for name in (part.name, *part.aliases)]
    return tuple(groups + countries + parts)


@lru_cache(maxsize=1)
def _technology_names() -> tuple[tuple[str, str], ...]:
    listed = [(name, name) for names in technologies.CATEGORIES.values() for name in names]
    return tuple(listed + list(technologies.ALIASES.items()))


_NEAR: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "industries": _industries,
    "places": _places,
    "technologies": _technologies,
    "titles": _titles,
    "departments": _departments,
    "funding_stages": _funding_stages,
}
