"""Cuts a query's text into tokens, and writes values so that they are cut the same way again; pure.

tokens('grade:A,B title:"head of" -hiring')
-> Token("grade", ("A", "B")), Token("title", ("head of",)), Token("", ("hiring",), is_excluded=True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2_000
_PIECE = r'"(?:[^"\\]|\\.)*"?'
_TOKEN = re.compile(rf'(?:{_PIECE}|[^\s"])+')
_QUALIFIED = re.compile(r"([A-Za-z][A-Za-z_-]*):(?!//)(.*)", re.DOTALL)
_VALUE = re.compile(rf'(?:{_PIECE}|[^,"])+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"?')
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_BARE = re.compile(r'[^\s",]+')


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is the qualifier in lower case, "" for words; `raw` the token as it was typed."""

    key: str
    values: tuple[str, ...]
    is_excluded: bool = False
    raw: str = ""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in their order; a quote that is not closed reaches to the end."""
    for found in _TOKEN.finditer(_CONTROL.sub(" ", text[:LONGEST])):
        token = _token(found[0])
        if token.key or any(token.values):
            yield token


def values_of(text: str) -> tuple[str, ...]:
    """The values of a list as it stands behind a qualifier: 'A,"head of"' -> ("A", "head of")."""
    return tuple(filter(None, (_plain(each) for each in _VALUE.findall(_CONTROL.sub(" ", text)))))


def _token(raw: str) -> Token:
    is_excluded = raw.startswith("-")
    rest = raw[1:] if is_excluded else raw
    qualified = _QUALIFIED.fullmatch(rest)
    if not qualified:
        return Token("", (_plain(rest),), is_excluded, raw)
    return Token(qualified[1].lower(), values_of(qualified[2]), is_excluded, raw)


def _plain(spelled: str) -> str:
    """Without quotes, escapes and needless spaces; commas at the end of a bare word are punctuation."""
    text = _QUOTED.sub(lambda found: re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL), spelled)
    return " ".join(text.split()) if '"' in spelled else " ".join(text.rstrip(",").split())


def quoted(value: str) -> str:
    """A value behind a qualifier: as it is, or in quotes where it would be cut."""
    return value if _BARE.fullmatch(value) else _in_quotes(value)


def quoted_word(word: str) -> str:
    """A free word: in quotes also where it would look like a qualifier or an exclusion."""
    is_plain = _BARE.fullmatch(word) and not word.startswith("-") and not _QUALIFIED.fullmatch(word)
    return word if is_plain else _in_quotes(word)


def _in_quotes(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
