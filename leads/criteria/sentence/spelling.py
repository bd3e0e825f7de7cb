"""Slips of the pen: a word that is no word of ours, one edit away from one that is."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from leads.criteria.sentence.lexicon import known_words, spellings
from leads.criteria.sentence.tokens import Token

SHORTEST = 5


def corrected(found: list[Token]) -> list[Token]:
    """The tokens; those that were probably meant otherwise say so in `meant`."""
    return [_corrected(token) for token in found]


def _corrected(token: Token) -> Token:
    if token.is_quoted or len(token.raw) < SHORTEST or not token.raw.isalpha() or token.word in known_words():
        return token
    meant = nearest(token.word)
    return replace(token, meant=meant) if meant else token


@lru_cache(maxsize=16_384)
def nearest(word: str) -> str:
    """The only known word one insertion, deletion, exchange or swap away: "belrin" -> "berlin"; "" if none.

    Of several the one that is as long and begins alike, if it is alone: "germanz" is Germany, not German.
    """
    if len(word) < SHORTEST or word in known_words():
        return ""
    near = [known for known in spellings() if abs(len(known) - len(word)) <= 1 and _is_near(word, known)]
    for likely in (near, [known for known in near if known[0] == word[0] and len(known) == len(word)]):
        if len(likely) == 1:
            return likely[0]
    return ""


def _is_near(word: str, known: str) -> bool:
    return OSA.distance(word, known, score_cutoff=1) <= 1
