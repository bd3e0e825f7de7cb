"""How each exchanger is spoken with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Manners:
    """How to speak with an exchanger, as earlier sessions taught: TLS first, the sender that it takes (with which the
    recipients may go at once; None: not known yet), whether it broke off when told several things at once, and whether it
    is to be greeted again before the goodbye: once, and where the goodbye alone proves nothing; not if `is_curt`, because
    that made it hang up.
    """

    wants_tls: bool = False
    mail_from: str | None = None
    is_in_turn: bool = False
    greets_again: bool = True
    is_curt: bool = False

    def forget(self) -> None:
        """What it took it takes no longer: step by step from the start."""
        self.wants_tls, self.mail_from, self.is_in_turn = False, None, False

    def after_doubt(self, *, has_greeted_again: bool, has_hung_up: bool) -> bool:
        """After a session that proved nothing: whether there is another way to end the next one."""
        if has_hung_up:
            self.is_curt, self.greets_again = True, False
            return True
        is_another = not (has_greeted_again or self.is_curt)
        self.greets_again = not self.is_curt
        return is_another
