"""Who asks mail servers."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from enrichment.verifying.connection import Patience
from enrichment.verifying.proxy import Proxy

NAME_SECONDS = 7 * 86_400
_SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou")


@dataclass(frozen=True, slots=True)
class Caller:
    """The name in EHLO, the sender in MAIL FROM, and by which way; `secret` makes the names that nobody has."""

    helo: str
    mail_from: str
    patience: Patience = field(default_factory=Patience)
    proxy: Proxy | None = None
    secret: str = field(default_factory=secrets.token_hex, repr=False)

    def stranger_at(self, domain: str, at: datetime) -> str:
        """An address of the domain that nobody has and nobody foresees, though it could be a person's, for a server that
        takes any of those: the same for a week, for greylisting lets in only who comes back, and then another, for a server
        that refuses just this name.
        """
        week = int(at.timestamp() // NAME_SECONDS)
        drawn = hmac.new(self.secret.encode(), f"stranger\x1f{domain}\x1f{week}".encode(), "sha256").digest()
        first, last = ("".join(_SYLLABLES[each % len(_SYLLABLES)] for each in part) for part in (drawn[:2], drawn[2:5]))
        return f"{first}.{last}@{domain}"
