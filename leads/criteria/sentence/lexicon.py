"""The phrases that a sentence is read by: from the vocabularies to what they mean, and the words that hold it together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from leads.criteria.sentence.tokens import key
from leads.vocabulary import funding, industries, places, technologies, titles
from leads.vocabulary.files import read_lines, read_rows

Phrase = tuple[str, ...]
Meanings = Mapping[Phrase, tuple[str, ...]]
LONGEST = 9
# Words for several industries at once.
_MANY = {
    "agencies": ("advertising-services", "marketing-services", "public-relations-and-communications-services"),
    "agenturen": ("advertising-services", "marketing-services", "public-relations-and-communications-services"),
    "digital agencies": ("advertising-services", "marketing-services"),
    "creative agencies": ("advertising-services", "design-services"),
    "tech": ("technology-information-and-internet", "it-services-and-it-consulting"),
    "tech companies": ("technology-information-and-internet", "it-services-and-it-consulting"),
    "energy": ("utilities", "oil-and-gas"),
    "energy companies": ("utilities", "oil-and-gas"),
}
_STAGES = {
    "seed stage": ("seed",),
    "seed funded": ("seed",),
    "listed companies": ("public",),
    "publicly listed": ("public",),
    "publicly traded": ("public",),
    "public companies": ("public",),
    "growth stage": ("growth",),
    "private equity backed": ("growth",),
    "pe backed": ("growth",),
    "venture backed": ("seed", "series_a", "series_b", "series_c", "series_d", "series_e_plus"),
    "vc backed": ("seed", "series_a", "series_b", "series_c", "series_d", "series_e_plus"),
    "venture funded": ("seed", "series_a", "series_b", "series_c", "series_d", "series_e_plus"),
    "self funded": ("bootstrapped",),
}
_LEVELS = {
    "c level": ("c_level",),
    "c suite": ("c_level",),
    "clevel": ("c_level",),
    "vice president": ("vp",),
    "top management": ("c_level", "vp"),
    "board": ("c_level",),
    "middle management": ("manager",),
    "entry level": ("entry",),
    "staff and entry": ("entry",),
    "decision maker": ("founder", "owner", "c_level", "vp", "director"),
    "decision making": ("founder", "owner", "c_level", "vp", "director"),
    "senior management": ("c_level", "vp", "director"),
    "senior leadership": ("c_level", "vp", "director"),
    "senior leader": ("c_level", "vp", "director"),
    "leadership team": ("c_level", "vp", "director"),
    "c level executive": ("c_level",),
    "executive": ("c_level", "vp"),
    "leader": ("c_level", "vp", "director"),
    "co founder": ("founder",),
    "cofounder": ("founder",),
}
# Sizes in words, as the European Union counts them.
SIZES: dict[str, tuple[int, int | None]] = {
    "micro": (1, 9),
    "small": (1, 49),
    "medium": (50, 249),
    "medium sized": (50, 249),
    "mid sized": (50, 249),
    "midsize": (50, 249),
    "midsized": (50, 249),
    "mid market": (50, 999),
    "small and medium": (1, 249),
    "small and medium sized": (1, 249),
    "small to medium": (1, 249),
    "small to medium sized": (1, 249),
    "sme": (1, 249),
    "smb": (1, 249),
    "large": (250, None),
    "enterprise": (1000, None),
}
YOUNG_YEARS = 10
_YOUNG = ("startup", "start up", "young")
_SPOKEN_DEPARTMENTS = {"support": ("support",), "customer service": ("support",), "security": ("security",)}
_SPOKEN_DEPARTMENTS |= {"salespeople": ("sales",), "salesperson": ("sales",), "salesman": ("sales",)}
_NOT_STAGES = frozenset(
    {"public", "none", "growth", "debt", "angel", "venture", "grant", "m a", "listed", "accelerator"}
)


@lru_cache(maxsize=1)
def words_by_role() -> dict[Phrase, frozenset[str]]:
    """Phrase -> what it does in a sentence: `and`, `not`, `nice`, `filler`, `company`, ...; some do several things."""
    found: dict[Phrase, set[str]] = {}
    for row in read_rows("sentence_words.csv"):
        for phrase in row["phrases"].split("|"):
            found.setdefault(key(phrase), set()).add(row["kind"])
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


@lru_cache(maxsize=1)
def meanings() -> dict[str, Meanings]:
    """Field of Criteria -> phrase -> the values it stands for."""
    return {
        "industries": _industries(),
        "places": _places(),
        "technologies": _keyed({name: (technologies.canonical(name),) for name in _technology_names()}),
        "funding_stages": _stages(),
        "departments": _departments(),
        "seniorities": _seniorities(),
    }


@lru_cache(maxsize=1)
def with_commas() -> frozenset[Phrase]:
    """The phrases that are written with commas: "Oil, Gas, and Mining"."""
    spelled = [*(item.label for item in industries.TREE.values()), *(row["alias"] for row in _industry_aliases())]
    spelled += [name for city in places.CITIES for name in (city.name, *city.aliases)]
    return frozenset(key(name) for name in spelled if "," in name)


@lru_cache(maxsize=1)
def ranges() -> dict[Phrase, tuple[str, int | None, int | None]]:
    """Words for a range: the field and its edges; for "founded" the lower one counts back from the present year."""
    sized: dict[Phrase, tuple[str, int | None, int | None]] = {
        key(phrase): ("employees", low, high) for phrase, (low, high) in SIZES.items()
    }
    return sized | {key(phrase): ("founded", YOUNG_YEARS, None) for phrase in _YOUNG}


@lru_cache(maxsize=1)
def role_nouns() -> frozenset[str]:
    return frozenset(read_lines("role_nouns.txt"))


@lru_cache(maxsize=1)
def spellings() -> tuple[str, ...]:
    """Every word of at least five letters that a slip of the pen may have meant."""
    phrases = (phrase for found in meanings().values() for phrase in found)
    spoken = (*_words(phrases), *_words(words_by_role()), *_words(ranges()), *role_nouns())
    return tuple(sorted({word for word in spoken if len(word) >= 5 and word.isalpha()}))


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word that stands in any phrase."""
    phrases = (phrase for found in meanings().values() for phrase in found)
    rows = (*read_rows("title_departments.csv"), *read_rows("title_seniorities.csv"))
    titled = (word for row in rows for phrase in row["phrases"].split("|") for word in key(phrase))
    return frozenset((*_words(phrases), *_words(words_by_role()), *_words(ranges()), *role_nouns(), *titled))


def _words(phrases: Iterable[Phrase]) -> Iterable[str]:
    return (word for phrase in phrases for word in phrase)


def _keyed(named: Mapping[str, tuple[str, ...]]) -> dict[Phrase, tuple[str, ...]]:
    """The first wording of a key wins."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for name, values in named.items():
        if phrase := key(name):
            found.setdefault(phrase, values)
    return found


def _industries() -> Meanings:
    """ "manufacturers" and "makers" are written as our labels are: manufacturing."""
    aliases = {row["alias"]: (row["code"],) for row in _industry_aliases()}
    labels = {item.label: (item.code,) for item in industries.TREE.values()}
    found = _keyed(_MANY | labels | aliases)
    makers = {
        (*phrase[:-1], maker): codes
        for phrase, codes in found.items()
        for maker in ("manufacturer", "maker", "producer")
        if phrase[-1] == "manufacturing"
    }
    return makers | found


@lru_cache(maxsize=1)
def _industry_aliases() -> tuple[dict[str, str], ...]:
    return read_rows("industry_aliases.csv")


def _places() -> Meanings:
    """Countries before groups, groups before cities, cities before states, as `places.normalise` has it."""
    named: dict[str, tuple[str, ...]] = {}
    for country in places.COUNTRIES.values():
        named |= dict.fromkeys((country.name, *country.aliases, country.iso2), (country.iso2,))
    for group in places.GROUPS.values():
        named = dict.fromkeys((group.label, group.code, *group.aliases), (f"region:{group.code}",)) | named
    for city in reversed(places.CITIES):
        named = dict.fromkeys((city.name, *city.aliases), (city.term,)) | named
    states = {name: (part.term,) for part in places.STATES for name in (part.name, *part.aliases[:-1])}
    return _keyed(named | {name: term for name, term in states.items() if name not in named})


def _technology_names() -> list[str]:
    return [*(name for names in technologies.CATEGORIES.values() for name in names), *technologies.ALIASES]


def _stages() -> Meanings:
    named = {alias.replace("_", " "): (code,) for alias, code in funding.ALIASES.items()}
    labels = {label: (code,) for code, label in funding.STAGES.items()}
    later = {f"series {letter}": ("series_e_plus",) for letter in "efghij"}
    known = labels | named | {"preseed": ("pre_seed",), "pre seed": ("pre_seed",)} | later
    return _keyed({name: codes for name, codes in known.items() if name.lower() not in _NOT_STAGES} | _STAGES)


def _departments() -> Meanings:
    """Labels, and the phrases of titles that tell a department."""
    labels = {label: (code,) for code, label in titles.DEPARTMENTS.items()}
    topics = {
        phrase: (row["department"],)
        for row in read_rows("title_departments.csv")
        for phrase in row["phrases"].split("|")
    }
    return _keyed(labels | topics | _SPOKEN_DEPARTMENTS)


def _seniorities() -> Meanings:
    labels = {label: (code,) for code, label in titles.SENIORITIES.items()}
    return _keyed(labels | _LEVELS)
