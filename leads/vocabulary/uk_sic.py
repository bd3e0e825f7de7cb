"""UK SIC 2007, by which Companies House sorts companies: class -> our industry, and industry -> classes to ask for."""

from __future__ import annotations

from functools import lru_cache

from leads.vocabulary import industries
from leads.vocabulary.files import read_lines, read_rows

DIVISION, CLASS = 2, 5  # digits
ROWS: dict[str, tuple[str, str]] = {row["sic"]: (row["label"], row["industry"]) for row in read_rows("uk_sic.csv")}
CLASSES: tuple[str, ...] = tuple(
    f"{division}{rest}"
    for division, _, listed in (line.partition(":") for line in read_lines("uk_sic_classes.txt"))
    for rest in listed.split()
)


def industry_of(sic: str) -> str:
    """Our code for a class, by the longest start of it that is listed; "" for none, as a dormant company has.

    >>> industry_of("62012"), industry_of("62999"), industry_of("99999")
    ('software-development', 'it-services-and-it-consulting', '')
    """
    return _row(sic)[1]


def label_of(sic: str) -> str:
    return _row(sic)[0]


@lru_cache(maxsize=1_024)
def classes_of(industry: str) -> tuple[str, ...]:
    """The classes under an industry; for one that the table does not tell apart, those of the nearest above that it does.

    () where there are none, so that it cannot be asked for.
    """
    for code in (industry, *industries.ancestors(industry)):
        wanted = industries.descendants(code)
        if found := tuple(sic for sic in CLASSES if industry_of(sic) in wanted):
            return found
    return ()


@lru_cache(maxsize=1_024)
def _row(sic: str) -> tuple[str, str]:
    starts = (sic[:digits] for digits in range(CLASS, DIVISION - 1, -1))
    return next((ROWS[start] for start in starts if start in ROWS), ("", ""))
