"""An address as DNS and a mail server know it: its domain in ASCII."""

from __future__ import annotations

import idna

from enrichment.verdict import EmailVerdict


def domain_of(cheap: EmailVerdict) -> str:
    """The domain as DNS knows it."""
    domain = cheap.normalized.rpartition("@")[2]
    return domain if domain.isascii() else idna.encode(domain, uts46=True).decode()


def address_of(cheap: EmailVerdict, domain: str) -> str:
    """As one writes to it, with the domain in ASCII."""
    return f"{cheap.normalized.rpartition('@')[0]}@{domain}"
