"""For how many recipients an exchanger has room in one session, as earlier ones showed."""

from __future__ import annotations

from dataclasses import dataclass

MOST_RECIPIENTS = 8


@dataclass
class Room:
    """`now` is what the next session may use: less after one that failed, and twice that after some that went well.

    How many those are doubles with each failure, so that a limit of the server is run into seldom.
    """

    most: int = MOST_RECIPIENTS
    now: int = 0
    _wait: int = 1
    _held: int = 0

    def __post_init__(self) -> None:
        self.now = self.now or self.most

    def shrink(self, to: int) -> None:
        """A session with more than so many failed; one that began with more room than there is now tells nothing new."""
        if to < self.now:
            self.now, self._held, self._wait = max(1, to), 0, min(64, self._wait * 2)

    def limit(self, most: int) -> None:
        """The server says how many it takes."""
        self.most = self.now = max(1, most)

    def fits(self, recipients: int) -> None:
        """A session with so many was good to its end."""
        if recipients < self.now or self.now == self.most:
            return
        self._held += 1
        if self._held >= self._wait:
            self.now, self._held = min(self.most, self.now * 2), 0


def fewer(room: int, answers: int, *, is_broken: bool, is_mixed_up: bool) -> int:
    """How many to ask in the session after one that proved nothing.

    As many as were answered before the server broke off; half of them where it did so at the end; one alone, to whom no
    answer can come that was meant for another, where it answered something else than what was asked.

    >>> fewer(8, 3, is_broken=True, is_mixed_up=False)
    3
    """
    if is_mixed_up:
        return 1
    return max(1, min(answers, room - 1) if is_broken else min(answers, room) // 2)
