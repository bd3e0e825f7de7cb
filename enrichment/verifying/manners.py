"""How each exchanger is spoken with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Manners:
    """How to speak with an exchanger, as earlier sessions taught: TLS first, the sender that it takes (with which the
    recipients may go at once; None: not known yet), whether it broke off when told several things at once, and whether it
    is to be greeted again before the goodbye, because that alone proves nothing.
    """

    wants_tls: bool = False
    mail_from: str | None = None
    is_in_turn: bool = False
    greets_again: bool = False

    def forget(self) -> None:
        """What it took it takes no longer: step by step from the start."""
        self.wants_tls, self.mail_from, self.is_in_turn = False, None, False
