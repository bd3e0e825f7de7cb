"""What people say of themselves in one line: a role, a place, an address they publish. Pure."""

from __future__ import annotations

import re

from leads.vocabulary import places

LONGEST = 2_000  # characters of what somebody says of themselves; no network allows many more
_ROLE = re.compile(r"^\W{0,10}([^.,;|@]{3,60}?)\s+(?:(?:at|bei|chez)\s+|@\s*)(@?[^.,;|\n]{2,60})")
_EMAIL = re.compile(r"(?<![@\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PIECES = re.compile(r"[|·•;\n]|\. |📍")


def calm(text: str) -> str:
    """Each line with single blanks, and not too long: what somebody writes must not keep a worker busy.

    >>> calm(" Head  of Sales\\xa0at\\tAcme \\n\\n  Berlin")
    'Head of Sales at Acme\\nBerlin'
    """
    lines = (" ".join(line.split()) for line in text[: 10 * LONGEST].splitlines())
    return "\n".join(filter(None, lines))[:LONGEST]


def role_of(bio: str) -> tuple[str, str]:
    """(title, company): "Head of Sales at Acme. Views are mine." -> ("Head of Sales", "Acme"); ("", "") where it is unsaid."""
    found = _ROLE.match(calm(bio))
    return (found[1].strip(), found[2].strip().lstrip("@")) if found else ("", "")


def email_of(bio: str) -> str:
    """The address that somebody publishes; "" if there is none. A handle as @ada@social.example is none."""
    found = _EMAIL.search(calm(bio))
    return found[0].rstrip(".") if found else ""


def home_of(text: str) -> tuple[str, str]:
    """(country, city) of the first piece that is a place: "PMs | Berlin, Germany" -> ("DE", "Berlin"); ("", "") for none."""
    for piece in _PIECES.split(calm(text)):
        term = places.normalise(piece.strip(" .,"))
        if term.startswith("city:"):
            city, _, country = term[5:].rpartition(",")
            return country, city
        if term in places.COUNTRIES:
            return term, ""
    return "", ""
