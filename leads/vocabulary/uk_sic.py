"""UK SIC 2007, by which Companies House sorts companies: class -> our industry, and industry -> classes to ask for."""

from __future__ import annotations

from functools import lru_cache

from leads.vocabulary import industries
from leads.vocabulary.files import read_rows

FIVE = 5
ROWS: dict[str, tuple[str, str]] = {row["sic"]: (row["label"], row["industry"]) for row in read_rows("uk_sic.csv")}


def industry_of(sic: str) -> str:
    """Our code for a class, or for its division where the class is not listed; "" for none.

    >>> industry_of("62012"), industry_of("62999"), industry_of("00000")
    ('software-development', 'it-services-and-it-consulting', '')
    """
    return ROWS.get(sic, ROWS.get(sic[:2], ("", "")))[1]


def label_of(sic: str) -> str:
    return ROWS.get(sic, ROWS.get(sic[:2], ("", "")))[0]


@lru_cache(maxsize=1_024)
def classes_of(industry: str) -> tuple[str, ...]:
    """The classes under an industry. () where we know none, so that it cannot be asked for."""
    wanted = industries.descendants(industry)
    return tuple(sic for sic, (_label, code) in ROWS.items() if len(sic) == FIVE and code in wanted)
