"""All questions to one domain: its addresses wait in line, few sessions at a time serve them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from enrichment.verdict import Reason
from enrichment.verifying.asking import Round, Ticket, ask_round, room_for_real, taken, taken_back
from enrichment.verifying.course import Course
from enrichment.verifying.gate import Closed
from enrichment.verifying.habits import MOST_PROBES, CatchAll, place_of
from enrichment.verifying.judging import WORTH_ANOTHER_TRY
from enrichment.verifying.manners import Manners
from enrichment.verifying.routing import Exchanger, Route
from enrichment.verifying.session import Refused, Session
from enrichment.verifying.terms import Terms


@dataclass
class Line:
    """`answer` puts an address in line and comes back with what is known of it."""

    route: Route
    terms: Terms
    habits: dict[str, CatchAll] = field(default_factory=dict)  # by where the exchanger is (`place_of`)
    course: Course = field(default_factory=Course)
    _queue: deque[Ticket] = field(default_factory=deque, repr=False)
    _waiting: dict[Ticket, asyncio.Future[None]] = field(default_factory=dict, repr=False)
    _accepted: list[Ticket] = field(default_factory=list, repr=False)
    _workers: dict[asyncio.Task[None], Round] = field(default_factory=dict, repr=False)
    _manners: dict[str, Manners] = field(default_factory=dict, repr=False)
    _is_crowded: bool = False
    _first: int = 0
    _is_closed: bool = False

    @property
    def known_habits(self) -> dict[str, CatchAll]:
        return {place: habit for place, habit in self.habits.items() if habit.is_known}

    async def answer(self, ticket: Ticket) -> None:
        """Returns when the ticket is answered and, if it was accepted, the exchanger's catch-all question settled."""
        ticket.reopen()
        ticket.tries = 0
        if not self._waiting:
            self.course.begin()
            self.habits = self.known_habits  # others may still look at what was not known
        self._waiting[ticket] = asyncio.get_running_loop().create_future()
        self._queue.append(ticket)
        self._staff()
        await self._waiting[ticket]

    async def close(self) -> None:
        """Nobody is at work any more, and nobody waits."""
        self._is_closed = True
        for task in self._workers:
            task.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        for waiting in self._waiting.values():
            waiting.cancel()

    @property
    def is_idle(self) -> bool:
        """Nobody waits, and nobody is at work."""
        return not (self._waiting or self._workers)

    @property
    def _needs_probe(self) -> bool:
        return any(self._wants_probe(habit) for habit in self.habits.values())

    def _wants_probe(self, habit: CatchAll) -> bool:
        return habit.is_wanted and any(ticket.habit is habit for ticket in self._accepted)

    def _staff(self) -> None:
        """A further session when those at work have no room for all who wait, within the limit."""
        if self._is_closed:
            return
        most = 1 if self._is_crowded else self.terms.limit_of(self.route.group).in_flight
        room = self.course.room.now
        waiting = len(self._queue) - sum(max(0, room - made.recipients) for made in self._workers.values())
        wanted = len(self._workers) + max(0, -(-waiting // room))
        if not self._queue and self._needs_probe:
            wanted = 1
        while len(self._workers) < min(most, wanted):
            made = Round()
            self._workers[asyncio.create_task(self._work(made))] = made

    async def _work(self, made: Round) -> None:
        try:
            await self._serve(made)
        except asyncio.CancelledError:
            self._is_closed = True
            raise
        except Exception as error:
            self._send_home(Reason.DISCONNECTED, {"outcome": f"disconnected: {type(error).__name__} {error}"})
            raise
        finally:
            self._workers = {task: each for task, each in self._workers.items() if each is not made}
            self._settle()
            self._staff()

    async def _serve(self, made: Round) -> None:
        """One session with the first exchanger that talks to us."""
        refusal: Refused | Closed | None = None
        for index, exchanger, address in self._places():
            try:
                done, session = await self._visit(exchanger, address, made)
            except (Refused, Closed) as error:
                refusal = error
                if isinstance(error, Closed) or not error.is_worth_next_exchanger:
                    break
                continue
            self._first = 0 if done and all(ticket.reason in WORTH_ANOTHER_TRY for ticket in done) else index
            self._after(made, done, session)
            return
        if refusal is not None:
            self._turned_away(refusal)

    def _places(self) -> Iterator[tuple[int, Exchanger, str]]:
        """Exchangers in order, from the one on that told something last, each at its addresses. When nobody waits but
        for a probe, only those whose habit is asked for.
        """
        numbered = list(enumerate(self.route.exchangers))
        for index, exchanger in numbered[self._first :] + numbered[: self._first]:
            for address in exchanger.addresses:
                if self._queue or self._wants_probe(self._habit_of(exchanger, address)):
                    yield index, exchanger, address

    def _habit_of(self, exchanger: Exchanger, address: str) -> CatchAll:
        place = place_of(exchanger.host, address)
        return self.habits.setdefault(place, CatchAll(place=place))

    async def _visit(self, exchanger: Exchanger, address: str, made: Round) -> tuple[list[Ticket], Session]:
        """A session as earlier ones taught; once more, step by step, if what they taught is no longer right."""
        try:
            return await self._hold(exchanger, address, made)
        except Refused as error:
            if not error.is_worth_more_care:
                raise
        self._manners[address].forget()
        return await self._hold(exchanger, address, made)

    async def _hold(self, exchanger: Exchanger, address: str, made: Round) -> tuple[list[Ticket], Session]:
        manners = self._manners.setdefault(address, Manners())
        habit = self._habit_of(exchanger, address)
        session = Session(self.terms.caller, exchanger.host, address, self.terms.port, manners)
        async with self.terms.turn_at(exchanger.host, address):
            if not self._queue and not self._wants_probe(habit):
                return [], session
            try:
                async with self.terms.seats:
                    done = await self._converse(session, made, habit)
            except asyncio.CancelledError:
                session.drop()
                raise
            finally:
                await session.close()
        if made.is_out_of_step or session.is_out_of_step:
            taken_back(self._queue, habit, made, done, is_last=not self.course.doubt(made, session))
            return [], session
        for ticket in done:
            ticket.habit = habit
        return done, session

    async def _converse(self, session: Session, made: Round, habit: CatchAll) -> list[Ticket]:
        """Whom the session asks first, leaves the line before it opens: they may be named together with the sender."""
        made.room = self.course.room.now
        first = taken(self._queue, room_for_real(habit, made.room))
        made.recipients = len(first)
        try:
            wants_utf8 = any(not ticket.address.isascii() for ticket in (*first, *self._queue))
            await session.open(wants_utf8=wants_utf8, ahead=[ticket.address for ticket in first])
        except BaseException:
            self._queue.extendleft(reversed(first))
            made.recipients = 0
            raise
        return await ask_round(
            session, self._queue, habit, made, stranger=partial(self.terms.stranger_at, self.route.domain),
            most=made.room, first=first, is_ascii=not wants_utf8,
            has_accepted=any(ticket.habit is habit for ticket in self._accepted),
        )  # fmt: skip

    def _after(self, made: Round, done: list[Ticket], session: Session) -> None:
        for ticket in done:
            if ticket.is_accepted:
                self._accepted.append(ticket)
            else:
                self._release(ticket)
        self.course.note(made)
        if made.was_refused and made.ended:
            self._block(made.ended, session)
            self._send_home(made.ended, session.evidence())
        elif made.ended and not made.is_full:
            self._give_up(made.ended, session)

    def _give_up(self, reason: Reason, session: Session) -> None:
        """The session broke: whoever broke two of them goes home, and everybody when nothing gets through."""
        evidence = session.evidence() | {"outcome": str(reason)}
        if self.course.is_hopeless:
            self._send_home(reason, evidence)
        elif self._queue and self._queue[0].tries >= 2:
            self._fail(self._queue.popleft(), reason, evidence)

    def _turned_away(self, refusal: Refused | Closed) -> None:
        """No exchanger took a session. Beside one that is still served this only means: not two at a time."""
        if isinstance(refusal, Closed):
            reason = Reason.IP_BLOCKED if refusal.is_block else Reason.RATE_LIMITED
            self._send_home(reason, {"outcome": str(refusal)})
            return
        self._block(refusal.reason, refusal.session)
        if len(self._workers) > 1 and refusal.reason is not Reason.IP_BLOCKED:
            self._is_crowded = True
            return
        self._send_home(refusal.reason, refusal.session.evidence())

    def _block(self, reason: Reason, session: Session) -> None:
        if reason is Reason.IP_BLOCKED:
            self.terms.block(session.host)

    def _send_home(self, reason: Reason, evidence: dict[str, Any]) -> None:
        """All that wait get the reason; those accepted keep that, with the catch-all question open."""
        while self._queue:
            self._fail(self._queue.popleft(), reason, evidence)
        for habit in (ticket.habit for ticket in self._accepted):
            if habit and not habit.is_known:
                habit.reason, habit.tries = reason, MOST_PROBES

    def _fail(self, ticket: Ticket, reason: Reason, evidence: dict[str, Any]) -> None:
        ticket.reopen(reason)
        ticket.sessions.append(evidence)
        self._release(ticket)

    def _settle(self) -> None:
        """Accepted tickets leave when the catch-all question is answered, or nobody is going to ask it any more."""
        leaving = [ticket for ticket in self._accepted if not (ticket.habit and ticket.habit.is_open)]
        self._accepted = [ticket for ticket in self._accepted if ticket.habit and ticket.habit.is_open]
        for ticket in leaving:
            self._release(ticket)

    def _release(self, ticket: Ticket) -> None:
        with suppress(asyncio.InvalidStateError):
            self._waiting.pop(ticket).set_result(None)
