"""What the end of a session tells of its answers: whether they were those to what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SAYS_GOODBYE, BYE = 421, 221
TAKES, REFUSES = 250, 500
NOT_UNDERSTOOD = range(500, 505)  # the answers of a server that does not know a greeting, or not now


class Step(Enum):
    """What a session's end tells: its answers were in step; nothing; it answers something else than what is asked."""

    PROVEN, UNPROVEN, MIXED_UP = range(3)


@dataclass(frozen=True, slots=True)
class Leave:
    """How a server parted: the codes that it said to our goodbye, its own 221 the last.

    `is_early`: it had something to say before that. Nothing of this is known of one that broke off.
    """

    codes: tuple[int, ...] = ()
    is_early: bool = False


@dataclass
class Tally:
    """How many recipients a session named, how many of them were answered, and whether one was accepted.

    `is_in_turn`: each was named after the one before was answered.
    """

    asked: int = 0
    answered: int = 0
    has_accepted: bool = False
    is_in_turn: bool = True

    def answer(self, *, is_positive: bool) -> None:
        self.answered += 1
        self.has_accepted |= is_positive

    def is_proven(self, leave: Leave, *, owed: int) -> bool:
        """Nothing was answered, or the answers were in step."""
        return not self.answered or is_proven(
            leave, recipients=self.asked + owed, owed=owed, has_accepted=self.has_accepted, is_in_turn=self.is_in_turn
        )


def is_proven(
    leave: Leave, *, recipients: int, owed: int = 0, has_accepted: bool = False, is_in_turn: bool = False
) -> bool:
    """Whether a session's end shows that its answers were those to what was asked: the server takes leave, with neither
    more nor fewer answers before than it still `owed`.

    Of one recipient alone nobody else's answer can be taken for his, and one that comes late says the same or is none.
    Where each in turn was refused, no leave is needed: a server that is behind would have said to the first what it had
    said to the sender, which was yes.

    >>> is_proven(Leave((250, 221)), recipients=2, has_accepted=True)
    False
    >>> is_proven(Leave((250, 221)), recipients=1, has_accepted=True)
    True
    """
    has_left = BYE in leave.codes
    said = [code for code in leave.codes if code != BYE and (has_left or code != SAYS_GOODBYE)]
    is_early = leave.is_early and not owed and said[:1] == list(leave.codes[:1]) != []
    if recipients > 1 and (has_accepted or not is_in_turn or owed):
        return has_left and len(said) == owed and not is_early
    if is_early or len(said) > 1 or not all(_says_the_same(code, has_accepted) for code in said):
        return False
    return has_left or not has_accepted


def _says_the_same(code: int, has_accepted: bool) -> bool:
    return code == TAKES if has_accepted else code >= REFUSES
