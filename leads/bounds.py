"""What our columns can hold of the values that sources send: what is beyond is not known, rather than an error."""

import re
from typing import Any

MOST_EMPLOYEES = 2**31 - 1  # PostgreSQL's integer
MOST_REVENUE = 2**63 - 1  # its bigint
YEARS = (1, 9_999)
LONGEST_IDENTITY = 320
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which PostgreSQL refuses."""
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def within(number: int | None, low: int, high: int) -> int | None:
    """The number, or None where it is beyond its limits."""
    return number if number is not None and low <= number <= high else None


def country(code: str) -> str:
    """A code of two letters; "" for anything else."""
    return code if len(code) in (0, 2) else ""


def set_storable(record: Any, names: tuple[str, ...]) -> None:
    """Makes the texts of a frozen record storable, while it is being made."""
    for name in names:
        text = getattr(record, name)
        if (fit := storable(text)) is not text:
            object.__setattr__(record, name, fit)
