"""A sentence as tokens: words with their place in the text, folded and without their plural, and what stands between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leads.names import fold

_TOKEN = re.compile(r"[“\"„»«]\s*[^”\"“«»]+?\s*[”\"“«»]|&|[^\W_]+[+#]*")
_BREAK = re.compile(r"[,;:!?\n()]|[.]\s")
_LONG_E = ("sses", "xes", "ches", "shes")
_NO_PLURALS = frozenset({"news"})


@dataclass(frozen=True, slots=True)
class Token:
    """`text` stands from `start` to `end`; `raw` is it folded, `word` without its plural; `gap` what stands before it.

    `meant` is the spelling that was probably meant, empty where nothing was corrected.
    """

    start: int
    end: int
    text: str
    raw: str
    word: str
    gap: str = ""
    meant: str = ""

    @property
    def said(self) -> str:
        """What phrases are compared by: as it was probably meant."""
        return self.meant or self.word

    @property
    def is_quoted(self) -> bool:
        return not self.text[0].isalnum() and self.text != "&"

    @property
    def is_apart(self) -> bool:
        """Whether a comma, a bracket or the like stands before it."""
        return bool(_BREAK.search(self.gap))

    @property
    def is_shouted(self) -> bool:
        return self.text.isupper()


def tokens(text: str) -> list[Token]:
    """Worked example: "CTOs, Köln" -> (CTOs: ctos, cto), (Köln: koln, koln, gap ", ")."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        raw = "and" if match[0] == "&" else fold(match[0]).strip("\"' ")
        found.append(Token(match.start(), match.end(), match[0], raw, singular(raw), text[end : match.start()]))
        end = match.end()
    return found


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """Without an English plural, right or wrong but always the same: "agencies" -> "agency", "sales" -> "sale"."""
    if word in _NO_PLURALS:
        return word
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(_LONG_E):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=65_536)
def key(phrase: str) -> tuple[str, ...]:
    """What phrases are compared by: "Oil & Gas" -> ("oil", "and", "ga")."""
    return tuple(token.word for token in tokens(phrase))
