"""Whole numbers as people write them: 1000, 1,000, 1.000 and 1 000 are the same."""

import re

LONGEST = 30
_GROUPED = re.compile(r"(\d{1,3})(?:([.,'’ \u00a0\u202f])\d{3})(?:\2\d{3})*")


def whole_number(text: str) -> int | None:
    """The number, or None if the text is none; a sign, a fraction or groups of another size make it none."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    digits = re.sub(r"[.,'’ \u00a0\u202f]", "", text) if _GROUPED.fullmatch(text) else text
    return int(digits) if digits.isdecimal() else None
