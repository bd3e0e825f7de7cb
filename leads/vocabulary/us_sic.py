"""The SIC of the United States, by which the SEC sorts companies: code -> our industry."""

from __future__ import annotations

from leads.vocabulary.files import read_rows

ROWS: dict[str, str] = {row["sic"]: row["industry"] for row in read_rows("us_sic.csv")}


def industry_of(sic: str) -> str:
    """Our code for a class, or for its major group where the class is not listed; "" for none.

    >>> industry_of("7372"), industry_of("3559"), industry_of("9999")
    ('software-development', 'machinery-manufacturing', '')
    """
    return ROWS.get(sic, ROWS.get(sic[:2], ""))
