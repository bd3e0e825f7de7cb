"""What mail servers say, by meaning and in several languages: texts made plain, and the expressions of each class."""

import re
import unicodedata
from functools import cache
from pathlib import Path

WORDINGS = Path(__file__).resolve().parent.parent / "data" / "reply_texts.txt"
_URL = re.compile(r"\b(?:https?://|www\.)\S+")
_ADDRESS = re.compile(r"<[^<>\s]*>|[^\s<>\"'(),;:]+@[\w.\[\]-]+")
_REPEATED_CODE = re.compile(r"\b[245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3})?\s*")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "’": "'", "`": "'"})
_LONGEST = 600


def plain(text: str) -> str:
    """Lower case, no accents, links away, addresses as "addr": "550-5.1.1 <a@b.c>: Gelöscht" -> "addr : geloscht"."""
    text = _REPEATED_CODE.sub(" ", _ADDRESS.sub(" addr ", _URL.sub(" ", text[:_LONGEST].lower())))
    return " ".join(_unaccented(text.translate(_LETTERS)).split())


@cache
def wordings() -> dict[str, re.Pattern[str]]:
    """One expression for each class of reply, in the same folded letters as `plain` gives."""
    sections: dict[str, list[str]] = {}
    found: list[str] = []
    for line in WORDINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            found.append(line)
    pieces = dict(piece.split(" = ", 1) for piece in sections.pop("pieces"))
    return {
        name: re.compile(_unaccented("|".join(_filled(each, pieces) for each in lines)))
        for name, lines in sections.items()
    }


def _filled(line: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        line = line.replace(f"@{name}@", piece)
    return line


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
