"""What Wikidata calls the industries of companies, and ours, in both directions."""

from __future__ import annotations

from functools import lru_cache

from leads.vocabulary import industries
from leads.vocabulary.files import read_rows

ROWS: dict[str, str] = {row["name"]: row["industry"] for row in read_rows("wikidata_industries.csv")}


def industry_of(name: str) -> str:
    """Our code for Wikidata's name of an industry, in any case; "" for one that neither table knows.

    >>> industry_of("software industry"), industry_of("Brewing"), industry_of("alchemy")
    ('software-development', 'breweries', '')
    """
    found = industries.find(name)
    return _folded().get(name.strip().lower()) or (found.code if found else "")


@lru_cache(maxsize=1_024)
def names_of(code: str) -> tuple[str, ...]:
    """Its names for our industry and all under it, as it spells them; () where it has none that we know."""
    wanted = industries.descendants(code)
    return tuple(sorted(name for name, industry in ROWS.items() if industry in wanted))


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name.lower(): industry for name, industry in ROWS.items()}
