"""The columns of other programs' exports: which of our fields a header most likely names."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from leads.names import fold

ALIASES = Path(__file__).resolve().parent / "mappings" / "headers.json"
LOOK = 50  # rows
ENOUGH = 0.8  # of the cells that are there
# What a row must have one of to be a lead at all.
NAMING = frozenset({"full_name", "first_name", "last_name", "email", "company", "linkedin_url"})


def guess_mapping(header: Sequence[str]) -> dict[str, int]:
    """Our field -> the position of the column that names it; the first alias of a field that is there wins.

    A column serves one field only. "name" beside a column for the company is the person's, alone with a column such as
    "website" and none for people it is the company's.
    """
    places: dict[str, int] = {}
    for position, cell in reversed(list(enumerate(header))):
        places[key_of(cell)] = position
    found = {field: places[alias] for field, aliases in fields().items() if (alias := _first(aliases, places))}
    return _of_a_company(found) if _lists_companies(found) else found


def fields() -> dict[str, tuple[str, ...]]:
    """Each field that a column may give, with the names it goes by."""
    return _fields()


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a row names at least two of our fields, one of which says who it is."""
    found = guess_mapping(cells)
    return len(found) >= 2 and bool(NAMING & found.keys())


def _first(aliases: Sequence[str], places: dict[str, int]) -> str:
    return next((alias for alias in aliases if alias in places), "")


def _lists_companies(found: dict[str, int]) -> bool:
    person = {"first_name", "last_name", "email", "title", "linkedin_url", "company"}
    return "full_name" in found and "domain" in found and not person & found.keys()


def _of_a_company(found: dict[str, int]) -> dict[str, int]:
    moved = {"full_name": "company", "country": "company_country", "region": "company_region", "city": "company_city"}
    moved |= {"location": "company_location", "phone": "company_phone"}
    return {moved.get(field, field): position for field, position in found.items()}


def key_of(cell: str) -> str:
    """Folded, camel case and punctuation apart: "RegAddress.PostTown", " E-Mail " -> "regaddress posttown", "e mail"."""
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", fold(cell)).split())


@lru_cache(maxsize=1)
def _fields() -> dict[str, tuple[str, ...]]:
    aliases = json.loads(ALIASES.read_text(encoding="utf-8"))
    return {field: tuple(key_of(alias) for alias in names) for field, names in aliases.items()}
