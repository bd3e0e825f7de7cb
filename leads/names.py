"""Names of people and companies, folded so that spellings of one name meet: pure text, no rules about identity."""

import re
from functools import lru_cache

from anyascii import anyascii

from leads.vocabulary.files import read_lines, read_rows

HONORIFICS = frozenset(read_lines("honorifics.txt"))
COMPANY_NOISE = frozenset(read_lines("company_noise.txt"))
# Forms that stand before the name, and those of scripts without spaces.
LEADING_FORMS = frozenset({"ao", "ab", "fa", "oao", "ooo", "pao", "pt", "sia", "uab", "zao"})
_WORD = re.compile(r"[a-z0-9]+")
_UMLAUT = re.compile(r"(?<![aeiouqg])(ae|oe|ue)(?!l\b)")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_EASTERN_FORMS = re.compile("株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|㈜|주식회사|유한회사")
_BRACKETED = re.compile(r"[(\[{][^)\]}]{0,200}[)\]}]")
_PHONETIC_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^x", "s"),
        (r"tsch|tch|sch|sh|cz|zh|ch", "x"),
        (r"ph|pf|v", "f"),
        (r"w(?=[aeiouy])", "f"),
        (r"ck|q|c(?![eiy])|gh?(?=[tk])|k+", "k"),
        (r"tz|ts|z|c(?=[eiy])|ss", "s"),
        (r"th|dt|d", "t"),
        (r"gh|j|y", ""),
        (r"b", "p"),
        (r"g", "k"),
    )
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower-case ASCII of any script, with single spaces; punctuation stays."""
    return " ".join(anyascii(text).lower().split())


def words(text: str) -> list[str]:
    """The letters-and-digits words of the folded text."""
    return _WORD.findall(fold(text).replace("'", ""))


@lru_cache(maxsize=65_536)
def person_words(name: str) -> tuple[str, ...]:
    """Name words in order: "Dr. Müller, Hans-Peter (CFO)" -> ("muller", "hans", "peter"); titles and initials off."""
    bare = _BRACKETED.sub(" ", fold(name)).replace("'", "")
    found = [umlauts_off(word) for word in _WORD.findall(bare) if not word.isdigit()]
    kept = [word for word in found if word not in HONORIFICS]
    spelled = [word for word in kept if len(word) > 1]
    return tuple(spelled if len(spelled) > 1 else kept or found)


@lru_cache(maxsize=65_536)
def given_names(word: str) -> frozenset[str]:
    """The given names a word may stand for: "bob" -> {"robert"}, "al" -> several, an unlisted name -> itself."""
    return _nicknames().get(word, frozenset({word}))


@lru_cache(maxsize=65_536)
def company_words(name: str) -> tuple[str, ...]:
    """Words of a company's name without its legal form and small words; never empty if the name has any letter."""
    bare = fold(_EASTERN_FORMS.sub(" ", name)).replace("&", " and ").replace("'", "")
    found = _WORD.findall(_dots_off(_BRACKETED.sub(" ", bare)))
    found = found or words(name)
    meaning = [word for word in found if word not in COMPANY_NOISE]
    return tuple(umlauts_off(word) for word in (without_legal_form(meaning) or found))


def without_legal_form(parts: list[str]) -> list[str]:
    """Drops legal forms that stand last or first, if a word remains: ["acme", "gmbh", "co", "kg"] -> ["acme"]."""
    forms = _legal_forms()
    kept = list(parts)
    while size := _form_length(kept, forms):
        kept = kept[:-size]
    return kept[1:] if len(kept) > 1 and kept[0] in LEADING_FORMS else kept


@lru_cache(maxsize=65_536)
def trading_name(name: str) -> str:
    """A company's name as it is written, without its legal form: "Von Bergen & Fils S.A." -> "Von Bergen Fils"; for monograms."""
    parts = [part for part in name.split() if words(part)]
    folded = ["".join(words(part)) for part in parts]
    kept = without_legal_form(folded)
    start = 0 if folded[: len(kept)] == kept else 1
    return " ".join(parts[start : start + len(kept)])


@lru_cache(maxsize=65_536)
def phonetic(word: str) -> str:
    """A sound key for names of several languages: "schmidt", "schmitt" and "shmit" -> "xmt"."""
    sound = umlauts_off(word)
    for pattern, replacement in _PHONETIC_RULES:
        sound = pattern.sub(replacement, sound)
    first, rest = sound[:1], re.sub(r"[aeiouh]", "", sound[1:])
    start = "a" if first in "aeiou" else first
    return re.sub(r"(.)\1+", r"\1", start + rest)[:6]


def umlauts_off(word: str) -> str:
    """German and Danish two-letter spellings to the letter: "mueller" -> "muller"; "michael" and "miguel" stay."""
    return _UMLAUT.sub(lambda match: match[0][0], word).replace("aa", "a")


def _dots_off(text: str) -> str:
    """ "s.a.r.l." -> "sarl", so that dotted legal forms are one word."""
    return _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text + " ")


def _form_length(parts: list[str], forms: frozenset[tuple[str, ...]]) -> int:
    """How many words at the end are a legal form, leaving at least one word; 0 if none."""
    sizes = (size for size in (5, 4, 3, 2, 1) if size < len(parts))
    return next((size for size in sizes if tuple(parts[-size:]) in forms), 0)


@lru_cache(maxsize=1)
def _legal_forms() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in read_lines("legal_forms.txt"))


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    """Each short or variant form -> the given names that it may stand for (the given name itself included)."""
    known: dict[str, set[str]] = {}
    for row in read_rows("nicknames.csv"):
        for form in (row["given"], *row["short"].split()):
            known.setdefault(umlauts_off(fold(form)), set()).add(umlauts_off(row["given"]))
    return {form: frozenset(givens) for form, givens in known.items()}
