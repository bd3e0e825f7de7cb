"""LinkedIn's export files, known by their header: by which source such a file is read, and how it writes days. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from leads.names import fold

FILE, CONNECTIONS, SALES_NAVIGATOR = "file", "file:connections", "file:sales_navigator"
OLDEST = date(2002, 1, 1)  # LinkedIn is no older
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A profile's address beside one of the columns that only lists of Sales Navigator have.
PROFILES = frozenset({"defaultprofileurl", "linkedinprofileurl", "profileurl", "personlinkedinurl"})
OF_SALES_NAVIGATOR = frozenset(
    {"salesnavigatorurl", "salesnavigatorprofileurl", "vmid", "regularcompanyurl", "titledescription", "durationinrole"}
)


def source_of(header: Sequence[str]) -> str:
    """The name of the source that reads a file with this header.

    source_of(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    -> "file:connections"
    """
    named = {re.sub(r"[^a-z0-9]+", "", fold(cell)) for cell in header}
    if {"firstname", "lastname", "connectedon"} <= named:
        return CONNECTIONS
    return SALES_NAVIGATOR if named & PROFILES and named & OF_SALES_NAVIGATOR else FILE


def is_file(source: str) -> bool:
    """Whether the source of that name reads a file of the workspace."""
    return source.partition(":")[0] == FILE


def sources_with(sources: Iterable[str], header: Sequence[str]) -> list[str]:
    """The chosen sources, each that reads files replaced by the one that reads a file with this header."""
    return list(dict.fromkeys(source_of(header) if is_file(each) else each for each in sources))


def day_of(text: str) -> date | None:
    """ "12 Mar 2024", "March 12, 2024" or "2024-03-12"; None for anything else, and for a day before there was LinkedIn."""
    parts = re.findall(r"\d+|[a-z]+", text.lower())
    try:
        day = _spelled(parts) if any(map(str.isalpha, parts)) else date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day >= OLDEST else None


def _spelled(parts: Sequence[str]) -> date:
    month = next(part[:3] for part in parts if part.isalpha())
    day, year = (int(part) for part in parts if part.isdigit())
    return date(year, MONTHS.index(month) + 1, day)
