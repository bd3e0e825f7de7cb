"""How each exchanger is spoken with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Manners:
    """How to speak with an exchanger, as earlier sessions taught: TLS first, the sender that it takes (with which the
    recipients may go at once; None: not known yet), and whether it broke off when told several things at once.
    """

    wants_tls: bool = False
    mail_from: str | None = None
    is_in_turn: bool = False
