"""LinkedIn's export files, known by their header: by which source such a file is read, and how it writes days. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from leads.file_headers import guess_mapping
from leads.names import fold

FILE, CONNECTIONS, SALES_NAVIGATOR = "file", "file:connections", "file:sales_navigator"
OLDEST = date(2002, 1, 1)  # LinkedIn is no older
# How the names of the months begin in English, German, French and Spanish, folded.
MONTHS = (
    ("jan", "ene"),
    ("feb", "fev"),
    ("mar", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "ago"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "dic"),
)
# A profile's address beside one of the columns that only lists of Sales Navigator have.
PROFILES = frozenset({"defaultprofileurl", "linkedinprofileurl", "profileurl", "personlinkedinurl", "linkedinurl"})
OF_SALES_NAVIGATOR = frozenset(
    {
        "salesnavigatorurl",
        "salesnavigatorprofileurl",
        "linkedinsalesnavigatorurl",
        "linkedinsalesnavigatorprofileurl",
        "vmid",
        "regularcompanyurl",
        "titledescription",
        "durationinrole",
    }
)


def source_of(header: Sequence[str]) -> str:
    """The name of the source that reads a file with this header, in whichever language LinkedIn was set to.

    source_of(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    -> "file:connections"
    """
    named = {re.sub(r"[^a-z0-9]+", "", fold(cell)) for cell in header}
    if {"first_name", "last_name", "connected_on"} <= guess_mapping(header).keys():
        return CONNECTIONS
    return SALES_NAVIGATOR if named & PROFILES and named & OF_SALES_NAVIGATOR else FILE


def is_file(source: str) -> bool:
    """Whether the source of that name reads a file of the workspace."""
    return source.partition(":")[0] == FILE


def sources_with(sources: Iterable[str], header: Sequence[str]) -> list[str]:
    """The chosen sources, each that reads files replaced by the one that reads a file with this header."""
    return list(dict.fromkeys(source_of(header) if is_file(each) else each for each in sources))


def day_of(text: str) -> date | None:
    """ "12 Mar 2024", "March 12, 2024", "12. März 2024", "12 de marzo de 2024", "12.03.2024" or "2024-03-12".

    None for anything else, and for a day before there was LinkedIn.
    """
    parts = re.findall(r"\d+|[a-z]+", fold(text))
    try:
        day = _spelled(parts) if any(map(str.isalpha, parts)) else _figures(text.strip())
    except ValueError:
        return None
    return day if day >= OLDEST else None


def _spelled(parts: Sequence[str]) -> date:
    month = next(filter(None, map(_month, parts)), 0)
    day, year = (int(part) for part in parts if part.isdigit())
    return date(year, month, day)


def _month(word: str) -> int:
    return next((number for number, names in enumerate(MONTHS, start=1) if word.startswith(names)), 0)


def _figures(text: str) -> date:
    """With dots the day comes first; with strokes nobody knows which does."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
