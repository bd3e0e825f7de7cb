"""How a person's addresses may be spelled in a text, as one pattern that PostgreSQL and Python read alike; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers

from leads.identity import linkedin_slug

GAP = "[ ()./-]*"  # between the digits of a number
SHORTEST = 7  # digits without a prefix that are more than a date or a sum
BEFORE, AFTER = r"(^|[^\w.+-])", r"(?=$|[^\w-])"


def pattern_of(addresses: Iterable[tuple[str, str]], *, name: str = "") -> str:
    """Matches a text that holds one of the addresses, given as (kind, value), or the whole name; "" for none of them.

    Its first group is what stands before. A name of one word is too common to go by.

    >>> bool(re.search(pattern_of([("phone", "+4930123456")]), "Call (030) 12 34-56."))
    True
    """
    spelled = [_SPELLED.get(kind, re.escape)(value) for kind, value in addresses if value]
    if " " in name.strip():
        spelled.append(re.escape(name.strip()))
    return f"{BEFORE}({'|'.join(spelled)}){AFTER}" if spelled else ""


def national_digits(text: str) -> str:
    """The digits of a number without its country's code, as far as it can be told: "0049 30 123456" -> "30123456"."""
    found = _parsed(re.sub(r"^\s*00", "+", text))
    return str(phonenumbers.national_significant_number(found)) if found else re.sub(r"\D", "", text).lstrip("0")


def _phone(value: str) -> str:
    found = _parsed(value)
    digits = national_digits(value)
    if not found and len(digits) < SHORTEST:
        return re.escape(value)
    code = GAP.join(str(found.country_code)) if found else ""
    prefixes = [f"(?:[+]|00){GAP}{code}{GAP}(?:0{GAP})?"] if code else []
    bare = "?" if len(digits) >= SHORTEST else ""
    return f"(?:{'|'.join([*prefixes, f'0{GAP}'])}){bare}{GAP.join(digits)}"


def _profile(value: str) -> str:
    """A slug of one plain word is only told by what stands before it in an address."""
    slug = linkedin_slug(value) or value
    return re.escape(slug) if re.search(r"[\d-]", slug) else f"in/{re.escape(slug)}"


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None


_SPELLED = {"phone": _phone, "linkedin": _profile}
