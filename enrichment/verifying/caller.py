"""Who asks mail servers."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from enrichment.verifying.connection import Patience
from enrichment.verifying.proxy import Proxy


@dataclass(frozen=True, slots=True)
class Caller:
    """The name in EHLO, the sender in MAIL FROM, and by which way; `secret` makes the names that nobody has."""

    helo: str
    mail_from: str
    patience: Patience = field(default_factory=Patience)
    proxy: Proxy | None = None
    secret: str = field(default_factory=secrets.token_hex, repr=False)

    def stranger_at(self, domain: str) -> str:
        """An address of the domain that nobody has and nobody foresees, the same each time: greylisting lets in only who
        comes back.
        """
        name = hmac.new(self.secret.encode(), f"stranger\x1f{domain}".encode(), "sha256").hexdigest()[:14]
        return f"q{name}@{domain}"
