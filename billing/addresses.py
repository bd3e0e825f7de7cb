"""How the address that somebody signs in with is read, by the look-up and by the limits alike."""

import unicodedata

LONGEST = 254


def sign_in_name(text: str | None) -> str:
    """One spelling for all that find the same person: full-width letters, capitals and outer blanks are no difference."""
    return unicodedata.normalize("NFKC", text or "").strip().lower()[:LONGEST]
