"""How the two halves of a name are spelt in addresses: other alphabets, local letters, particles, compounds, nicknames."""

import re
from functools import cache
from itertools import product

from anyascii import anyascii

from leads.vocabulary.files import read_rows

# Letters that are written in two ways; the first is the commoner one where the country's own domain is used.
DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa"}
_HOME_OF_DIGRAPHS = {"de", "at", "ch", "li", "lu"}
PARTICLES = frozenset(
    "da das de del della dei den der des di do dos du el la le les lo van vande vanden vander ten ter ’t von vom zu zum zur"
    " af av bin ibn ben al mac st".split()
)
_SEPARATORS = re.compile(r"[\s\-‐–.]+")
_PLAIN = re.compile(r"[^a-z0-9-]")
MOST_WORDS = 4  # with all their spellings: of n words there may be 2^n
Spellings = dict[str, float]


def given_spellings(name: str, *, country: str = "") -> Spellings:
    """A given name's spellings with weights: "Jürgen" -> juergen, jurgen; "Jean-Pierre" -> jeanpierre, jean-pierre, jean ..."""
    words = _words(name)
    shapes = {tuple(words): 0.4, (words[0],): 0.35} if len(words) > 1 else {tuple(words): 1.0}
    found = _spelt(shapes, country, hyphen=0.25 if len(words) > 1 else 0)
    called = _called(next(iter(found), ""))
    return _weighed(found, 0.88 if called else 1.0) | {each: 0.12 / len(called) for each in called if each not in found}


def family_spellings(name: str, *, country: str = "") -> Spellings:
    """A family name's: "de la Cruz" -> delacruz, cruz; "García Márquez" -> garciamarquez, garcia, garcia-marquez, marquez."""
    words = _words(name)
    core = [word for word in words if word.lower() not in PARTICLES] or words
    shapes: dict[tuple[str, ...], float] = {tuple(words): 0.6 if len(words) > 1 else 1.0}
    if len(core) < len(words):
        shapes[tuple(core)] = 0.3
    elif len(words) > 1:
        shapes |= {(words[0],): 0.2, (words[-1],): 0.1}
    return _spelt(shapes, country, hyphen=0.3 if len(words) > 1 else 0)


def ascii_spellings(word: str, *, country: str = "") -> Spellings:
    """One word's: "Müller" -> mueller (.6) and muller (.4) at a German company, the other way round elsewhere."""
    lower = word.lower()
    plain = _ascii(lower)
    digraphs = _ascii("".join(DIGRAPHS.get(letter, letter) for letter in lower))
    if plain == digraphs:
        return {plain: 1.0} if plain else {}
    share = 0.6 if country in _HOME_OF_DIGRAPHS else 0.4
    return {digraphs: share, plain: 1 - share}


def _spelt(shapes: dict[tuple[str, ...], float], country: str, *, hyphen: float) -> Spellings:
    found: Spellings = {}
    for words, weight in shapes.items():
        each = [list(ascii_spellings(word, country=country).items()) for word in words]
        each = [options if len(words) <= MOST_WORDS else options[:1] for options in each if options]
        for combination in product(*each):
            share = weight
            for _, part in combination:
                share *= part
            parts = [text for text, _ in combination]
            joined = {"".join(parts): 1 - hyphen, "-".join(parts): hyphen} if len(parts) > 1 else {"".join(parts): 1.0}
            for text, part in joined.items():
                if text and part:
                    found[text] = found.get(text, 0) + share * part
    return _weighed(dict(sorted(found.items(), key=lambda item: -item[1])), 1.0)


def _weighed(found: Spellings, total: float) -> Spellings:
    whole = sum(found.values()) or 1
    return {text: weight / whole * total for text, weight in found.items()}


def _words(name: str) -> list[str]:
    """The name's words; apostrophes bind: "O'Brien" is one."""
    return [word for word in _SEPARATORS.split(re.sub(r"['’`´]", "", name).strip()) if word]


def _ascii(word: str) -> str:
    return _PLAIN.sub("", anyascii(word).lower())


def _called(given: str) -> tuple[str, ...]:
    """The formal name of a short one, or the two commonest short ones of a formal one."""
    return _formal().get(given) or tuple(_short().get(given, ()))[:2]


@cache
def _short() -> dict[str, tuple[str, ...]]:
    return {row["given"]: tuple(row["short"].split()) for row in read_rows("nicknames.csv")}


@cache
def _formal() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for given, shorts in _short().items():
        for short in shorts:
            found[short] = (*found.get(short, ()), given)[:2]
    return found
