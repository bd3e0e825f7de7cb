"""One session's worth of questions to a domain: real recipients first, a random one last, answers noted on tickets."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from enrichment.checks.replies import ReplyClass
from enrichment.verdict import Reason
from enrichment.verifying.connection import Lost, OutOfStep
from enrichment.verifying.habits import CatchAll, judge_probe
from enrichment.verifying.judging import REFUSALS, reason_of
from enrichment.verifying.parting import SAYS_GOODBYE
from enrichment.verifying.replying import Reply, entry
from enrichment.verifying.room import MOST_RECIPIENTS
from enrichment.verifying.session import Refused, Session

MOST_REFUSALS = 2  # of us, one after the other, before the session is given up


@dataclass(eq=False, slots=True)
class Ticket:
    """An address that waits for its answer: `reason` None means not answered, `is_accepted` that the server takes it.

    `habit` is that of the exchanger that answered.
    """

    address: str
    reason: Reason | None = None
    kind: ReplyClass | None = None
    is_accepted: bool = False
    tries: int = 0
    sessions: list[dict[str, Any]] = field(default_factory=list)
    habit: CatchAll | None = None

    def reopen(self, reason: Reason | None = None) -> None:
        """As if it had not been answered yet, or, with a reason, was not going to be."""
        self.reason, self.kind, self.is_accepted, self.habit = reason, None, False, None


@dataclass
class Round:
    """What one session brought: whether it `ended` early and for which reason, and how many answers it gave.

    `recipients` were named to the server, answered or not, of at most `room`; `is_broken` that it hung up, or said that
    it will; `is_doubted` that nothing proved what it said to one alone.
    """

    answers: int = 0
    recipients: int = 0
    room: int = MOST_RECIPIENTS
    ended: Reason | None = None
    is_full: bool = False
    is_broken: bool = False
    was_refused: bool = False
    has_probed: bool = False
    is_out_of_step: bool = False
    is_doubted: bool = False


async def ask_round(
    session: Session,
    queue: deque[Ticket],
    catch_all: CatchAll,
    made: Round,
    *,
    stranger: Callable[[], str],
    has_accepted: bool,
    most: int,
    first: Sequence[Ticket] = (),
    is_ascii: bool = False,
) -> list[Ticket]:
    """Asks an open session for tickets of the queue and returns those answered; others are put back in front.

    At most `most` recipients, the random one included: it gets its place while the exchanger's habit is not known.
    `first` are out of the queue already and counted, named together with the sender. Whatever goes wrong, nobody is lost.
    `is_ascii`: the sender was not named for addresses in UTF-8, which are left for another session.
    """
    done: list[Ticket] = []
    try:
        await _ask_real(session, queue, made, room_for_real(catch_all, most), first, done, is_ascii)
        is_wanted = not catch_all.is_known and not catch_all.is_asked_now and made.recipients < most
        if is_wanted and not made.ended and (has_accepted or any(ticket.is_accepted for ticket in done)):
            await _probe(session, catch_all, made, stranger(), done)
    except BaseException:
        queue.extendleft(reversed(done))
        raise
    return done


def room_for_real(catch_all: CatchAll, most: int) -> int:
    """The recipients of a session without the random one's place."""
    return most if catch_all.is_known or most == 1 else most - 1


def taken(queue: deque[Ticket], most: int, *, is_ascii: bool = False) -> list[Ticket]:
    """The first of the queue, out of it; those before the first in UTF-8 if it `is_ascii` that is asked for."""
    found: list[Ticket] = []
    while queue and len(found) < most and (queue[0].address.isascii() or not is_ascii):
        found.append(queue.popleft())
    return found


async def _ask_real(
    session: Session,
    queue: deque[Ticket],
    made: Round,
    room: int,
    first: Sequence[Ticket],
    done: list[Ticket],
    is_ascii: bool,
) -> None:
    """Until the queue or the room is at its end, the session breaks, or we are refused twice in a row."""
    batch = list(first)
    if session.at_once == 1 and not session.has_named_ahead:
        queue.extendleft(reversed(first))
        batch, made.recipients = [], 0
    while not made.ended:
        if not batch:
            batch = taken(queue, min(room - made.recipients, session.at_once), is_ascii=is_ascii)
            made.recipients += len(batch)
        if not batch:
            break
        try:
            answered = await _ask_batch(session, batch, made)
        except BaseException:
            queue.extendleft(reversed(batch))
            raise
        queue.extendleft(reversed(batch[answered:]))
        done += batch[:answered]
        batch = []
        if len(done) >= MOST_REFUSALS and all(ticket.kind in REFUSALS for ticket in done[-MOST_REFUSALS:]):
            made.ended, made.was_refused = done[-1].reason, True


async def _ask_batch(session: Session, batch: Sequence[Ticket], made: Round) -> int:
    """How many of them are answered; after the first that is not, those behind it were not at fault."""
    if len(batch) > 1 and not await _name_ahead(session, batch, made):
        return 0
    for place, ticket in enumerate(batch):
        ticket.tries += 1
        if not await _ask_one(session, ticket, made):
            ticket.tries -= made.is_broken and made.answers > 0  # it may be one too many, and not at fault
            session.manners.is_in_turn = session.manners.is_in_turn or (len(batch) > 1 and made.is_broken)
            return place
    return len(batch)


async def _name_ahead(session: Session, batch: Sequence[Ticket], made: Round) -> bool:
    try:
        await session.name_ahead([ticket.address for ticket in batch])
    except Lost as error:
        _break(made, error)
        batch[0].tries += 1
    return made.ended is None


def _break(made: Round, error: Lost | Refused) -> None:
    made.ended, made.is_broken = error.reason, True
    made.is_out_of_step = isinstance(error, OutOfStep)


async def _ask_one(session: Session, ticket: Ticket, made: Round) -> bool:
    """Notes the answer on the ticket; False if there was none, with the reason in the round unless it is encryption."""
    try:
        reply, kind = await session.ask(ticket.address)
        if kind is ReplyClass.TLS_REQUIRED and await session.secure():
            return False
    except (Lost, Refused) as error:
        _break(made, error)
        return False
    if made.answers and is_for_one_only(reply, kind):
        made.ended, made.is_full = Reason.RATE_LIMITED, True
        return False
    if reply.code == SAYS_GOODBYE:
        made.ended, made.is_broken = reason_of(kind), True
        return False
    made.answers += 1
    note(ticket, session, reply, kind)
    return True


def is_for_one_only(reply: Reply, kind: ReplyClass) -> bool:
    """Another recipient in one session is too much for the server: it may take him alone. That is what 452 means, too,
    which says no more.
    """
    return kind is ReplyClass.TOO_MANY_RECIPIENTS or (reply.code == 452 and kind is ReplyClass.OTHER_TEMPORARY)


def note(ticket: Ticket, session: Session, reply: Reply, kind: ReplyClass) -> None:
    """The answer and its evidence on the ticket."""
    ticket.kind = kind
    ticket.is_accepted = kind is ReplyClass.ACCEPTED
    ticket.reason = None if kind is ReplyClass.ACCEPTED else reason_of(kind)
    evidence = session.evidence()
    evidence["transcript"].append(entry(f"RCPT TO:<{ticket.address}>", reply, kind))
    evidence["outcome"] = str(kind)
    ticket.sessions.append(evidence)


async def _probe(session: Session, catch_all: CatchAll, made: Round, stranger: str, done: list[Ticket]) -> None:
    """The recipient that nobody has; the same one again if its first answer was to come back later."""
    catch_all.probe = stranger
    catch_all.is_asked_now = True
    catch_all.tries += 1
    made.recipients += 1
    made.has_probed = True
    try:
        reply, kind = await session.ask(catch_all.probe)
        if reply.code == SAYS_GOODBYE and made.answers:
            raise Lost(reason_of(kind))
    except Lost as error:
        _break(made, error)
        catch_all.reason = made.ended
        if made.answers:  # it may be one too many, and is asked alone then
            catch_all.tries, made.has_probed = catch_all.tries - 1, False
        return
    finally:
        catch_all.is_asked_now = False
    catch_all.code = reply.code
    judge_probe(catch_all, reply, kind)
    made.is_full = made.is_full or kind is ReplyClass.TOO_MANY_RECIPIENTS
    for ticket in done:
        if ticket.is_accepted:
            ticket.sessions[-1]["transcript"].append(entry(f"RCPT TO:<{catch_all.probe}>", reply, kind))


def taken_back(
    queue: deque[Ticket], catch_all: CatchAll, made: Round, done: Sequence[Ticket], *, is_last: bool
) -> None:
    """A session that is not known to have been in step has told nothing: those whom it answered are in line again.

    `is_last`: there was nothing left to ask in another way, so that it was in vain.
    """
    for ticket in done:
        ticket.reopen()
        ticket.tries -= not is_last
        ticket.sessions[-1]["outcome"] = "disconnected: answers out of step"
    queue.extendleft(reversed(done))
    if made.has_probed:
        catch_all.forget()
        catch_all.tries -= not is_last
    made.is_doubted = is_last and made.answers > 0 and not made.is_out_of_step
    made.answers, made.is_broken, made.is_full = 0, True, False
    if is_last or not made.was_refused:
        made.ended, made.was_refused = (Reason.DISCONNECTED if is_last else None), False
