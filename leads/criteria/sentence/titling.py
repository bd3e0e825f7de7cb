"""The words of job titles: which ones a title is made of, and how one is written on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from leads.criteria.sentence.lexicon import role_nouns, words_by_role
from leads.criteria.sentence.tokens import Token
from leads.vocabulary import titles
from leads.vocabulary.files import read_rows

_SMALL = frozenset({"of", "for", "and", "or", "the", "de", "der", "des"})
_BEFORE = frozenset(
    {"senior", "junior", "deputy", "global", "regional", "group", "interim", "principal", "staff", "lead"}
)
BEFORE_TOO = frozenset(
    {"managing", "general", "executive", "key", "chief", "assistant", "associate", "co", "vice", "area"}
)
_TRADES = ("ian", "ist", "eer")
GENERIC = frozenset(
    {"founder", "owner", "partner", "director", "head", "manager", "vp", "svp", "evp", "lead", "leader", "supervisor"}
    | {"senior", "junior", "intern", "trainee", "apprentice", "associate", "assistant", "dir", "mgr", "proprietor"}
    | {
        "principal",
        "expert",
        "specialist",
        "consultant",
        "advisor",
        "adviser",
        "executive",
        "chief",
        "master",
        "fellow",
    }
)


def does(found: Sequence[Token], place: int, kind: str) -> bool:
    """Whether the token does this in a sentence, close to the one before it."""
    return (
        place < len(found)
        and not found[place].is_apart
        and kind in words_by_role().get((found[place].word,), frozenset())
    )


def meant(token: Token) -> str:
    """The word as titles have it: singular where that is a noun of roles or a rank, else as it is written."""
    word = token.said
    is_noun = word in role_nouns() or word in ranks() or (word in topic_words() and word.endswith(_TRADES))
    return word if is_noun else token.meant or token.raw


def is_title_word(found: Sequence[Token], place: int) -> bool:
    word = found[place].raw
    if found[place].text == "&":
        return place > 0 and len(found[place - 1].raw) == 1
    return (word in topic_words() and not is_pronoun(found, place)) or word in _BEFORE | BEFORE_TOO


def is_pronoun(found: Sequence[Token], place: int) -> bool:
    """ "it" is IT in capitals, or straight before a noun of people."""
    if found[place].raw != "it" or found[place].is_shouted:
        return False
    return not (
        does(found, place + 1, "people")
        or does(found, place + 1, "leader")
        or does(found, place + 1, "department")
        or (place + 1 < len(found) and not found[place + 1].is_apart and meant(found[place + 1]) in role_nouns())
    )


def is_person(token: Token) -> bool:
    """A word for people of a trade: "accountants", "electricians"."""
    word = meant(token)
    return word in role_nouns() - GENERIC or (token.word in topic_words() and token.word.endswith(_TRADES))


def is_compound(word: str) -> bool:
    """A German title in one word, which tells rank and topic both."""
    parsed = titles.parse(word)
    return len(word) >= 8 and parsed.is_explicit and bool(parsed.keywords) and not parsed.rest


def title(words: Sequence[Token]) -> str:
    """ "heads of it" -> "Head of IT": singular, as it is printed on cards."""
    spelled = [_spelled(token, meant(token)) for token in words]
    return " ".join(spelled).replace("R and D", "R&D")


def _spelled(token: Token, word: str) -> str:
    if word in _SMALL:
        return word
    if word in _acronyms() or re.search(r"[A-Z].*[A-Z]", token.text.rstrip("s")):
        return word.upper() if word in _acronyms() or token.is_shouted else token.text
    written = token.text if word == token.raw else token.text[: len(word)] if token.raw.startswith(word) else word
    return written[:1].upper() + written[1:]


@lru_cache(maxsize=1)
def _acronyms() -> frozenset[str]:
    held = {word for word in ranks() if len(word) <= 5 and re.fullmatch(r"c[a-z]{1,3}o|ciso|[serg]?vp|avp", word)}
    return frozenset(
        held | {"hr", "it", "qa", "pr", "seo", "sem", "ux", "ui", "bi", "ai", "pmo", "ehs", "hse", "crm", "cx"}
    )


@lru_cache(maxsize=1)
def ranks() -> dict[str, str]:
    """Every phrase that tells a seniority, and the one it tells."""
    return {
        phrase.replace("-", " "): row["seniority"]
        for row in read_rows("title_seniorities.csv")
        for phrase in row["phrases"].split("|")
        if row["seniority"]
    }


@lru_cache(maxsize=1)
def spelled_ranks() -> frozenset[str]:
    """Ranks that are titles: of the board, or of several words."""
    told = {"founder", "owner", "entry", "senior"}
    return frozenset(
        phrase
        for phrase, code in ranks().items()
        if code not in told and (code == "c_level" or (" " in phrase and phrase not in ("vice president", "head of")))
    )


@lru_cache(maxsize=1)
def topic_words() -> frozenset[str]:
    rows = read_rows("title_departments.csv")
    words = (word for row in rows for phrase in row["phrases"].split("|") for word in phrase.split())
    return frozenset(words) - _SMALL
