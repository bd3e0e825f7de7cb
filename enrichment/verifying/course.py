"""How the sessions with a domain's exchangers go: how many to ask in the next, and whether one is of use at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from enrichment.verifying.asking import Round
from enrichment.verifying.room import Room, fewer
from enrichment.verifying.session import Session

# Sessions in a row before the rest of the line is sent home: without one answer, and with one that is not believed.
MOST_BARREN, MOST_DOUBTED = 3, 8


@dataclass
class Course:
    """`room` is for the next session; each is judged by the room and the manners that it began with."""

    room: Room = field(default_factory=Room)
    _barren: int = 0
    _doubted: int = 0

    @property
    def is_hopeless(self) -> bool:
        return self._barren >= MOST_BARREN or self._doubted >= MOST_DOUBTED

    def begin(self) -> None:
        """Somebody new asks."""
        self._barren = self._doubted = 0

    def doubt(self, made: Round, session: Session) -> bool:
        """Nothing is proven of a session: the next one is as long and ends in another way, or else is shorter.

        False if there is nothing left to do in another way.
        """
        made.is_out_of_step |= session.is_mixed_up
        is_another_way = session.manners.after_doubt(
            has_greeted_again=session.greets_again, has_hung_up=session.has_hung_up and not made.is_broken
        )
        is_to_shrink = not is_another_way or made.is_broken or made.is_out_of_step
        if is_to_shrink:
            session.manners.is_in_turn = True
            room = fewer(made.room, made.answers, is_broken=made.is_broken, is_mixed_up=made.is_out_of_step)
            self.room.shrink(room)
        return made.room > 1 or not is_to_shrink

    def note(self, made: Round) -> None:
        """What a session was good for."""
        if made.is_doubted:
            self._doubted += 1
        elif made.answers:
            self._barren = self._doubted = 0
        elif made.ended:
            self._barren += 1
        if made.is_full:
            self.room.limit(made.answers)
        elif made.is_broken and made.answers:
            self.room.shrink(fewer(made.room, made.answers, is_broken=True, is_mixed_up=False))
        elif not made.ended and made.recipients >= made.room - 1:  # the random one's place may be free
            self.room.fits(made.room)
