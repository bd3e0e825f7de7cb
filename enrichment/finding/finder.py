"""Finds a person's address: likely guesses in one session with the mail server, at most one more that proves a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from enrichment.checks.replies import ReplyClass
from enrichment.finding.patterns import Guess, Known, Person, guesses, learn
from enrichment.verdict import STATUS_OF, EmailStatus, Reason
from enrichment.verifying.asking import is_for_one_only
from enrichment.verifying.connection import Lost, OutOfStep
from enrichment.verifying.gate import Closed
from enrichment.verifying.judging import ABOUT_MAILBOX, TAKEN, WORTH_ANOTHER_TRY, reason_of
from enrichment.verifying.manners import Manners
from enrichment.verifying.parting import SAYS_GOODBYE
from enrichment.verifying.replying import Reply, entry
from enrichment.verifying.room import MOST_RECIPIENTS, fewer
from enrichment.verifying.routing import Route, route_of
from enrichment.verifying.session import Refused, Session
from enrichment.verifying.verifier import Verifier

MOST_SESSIONS = 2  # that prove something
MOST_DOUBTED = 4  # ... and others
FOUND_CONFIDENCE = 0.97


@dataclass(frozen=True, slots=True)
class Finding:
    """`email` is the address found or, where nobody confirms one, "": then `alternatives` are suggestions by likelihood.

    `outside`: what a provider's finder told, and what it cost, where one was asked.
    """

    status: EmailStatus
    reason: Reason
    email: str = ""
    confidence: float = 0.0
    catch_all: bool | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    tried: tuple[str, ...] = ()
    pattern: str = ""
    sessions: tuple[dict[str, Any], ...] = ()
    outside: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "email": self.email or None,
            "status": self.status,
            "reason": str(self.reason),
            "confidence": round(self.confidence, 3),
            "catch_all": self.catch_all,
            "pattern": self.pattern or None,
            "alternatives": [{"email": email, "confidence": round(chance, 3)} for email, chance in self.alternatives],
            "tried": list(self.tried),
            "evidence": {"smtp": list(self.sessions)} | ({"outside": self.outside} if self.outside else {}),
        }


@dataclass
class _Search:
    """What is asked and what was answered so far."""

    waiting: list[Guess]
    domain: str
    stranger: str  # whom nobody has: the same one each time, for a server that puts us off
    hit: Guess | None = None
    kind: ReplyClass | None = None
    catch_all: bool | None = None
    stopped: Reason | None = None
    refused: list[Guess] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    room: int = MOST_RECIPIENTS  # in a session
    doubted: int = 0  # sessions that proved nothing
    manners: Manners = field(default_factory=Manners)
    place: str = ""  # where the hit was taken: another exchanger's ways prove nothing of this one's

    @property
    def is_over(self) -> bool:
        return bool(self.stopped) or (self.catch_all is not None if self.hit else not self.waiting)


async def find(verifier: Verifier, person: Person, domain: str, known: Sequence[Known] = ()) -> Finding:
    """The person's address at the domain (in ASCII): at most 8 guesses, the likeliest first, until one is taken."""
    country = domain.rpartition(".")[2]
    stranger = verifier.terms.stranger_at(domain)
    search = _Search(guesses(person, learn(known, country=country), country=country), domain, stranger)
    if not search.waiting:
        return Finding("unknown", Reason.NOT_CHECKED)
    route = await route_of(domain, verifier.answers, verifier.options.allowed)
    reason = route.reason or await verifier.why_not_asking(route)
    if reason:
        return _unasked(search, reason)
    for wait in (0.0, *verifier.options.waits):
        if wait:
            await verifier.sleep(wait)
            search.stopped, search.doubted = None, 0
        for held in range(MOST_SESSIONS + MOST_DOUBTED):
            if not search.is_over and held - search.doubted < MOST_SESSIONS:
                await _hold(verifier, route, search)
        if search.stopped not in WORTH_ANOTHER_TRY:
            break
    return _finding(search)


async def _hold(verifier: Verifier, route: Route, search: _Search) -> None:
    """One session with the first exchanger that talks to us, within the provider's limits."""
    terms = verifier.terms
    for host, address in _places(route, search.place):
        session = Session(terms.caller, host, address, terms.port, search.manners)
        search.stopped = None
        try:
            async with terms.turn_at(host, address), terms.seats:
                await _ask(session, search)
            return
        except Closed as error:
            search.stopped = Reason.IP_BLOCKED if error.is_block else Reason.RATE_LIMITED
            return
        except Refused as error:
            search.sessions.append(session.evidence())
            search.stopped = error.reason
            if error.reason is Reason.IP_BLOCKED:
                terms.block(host)
            if not error.is_worth_next_exchanger:
                return


def _places(route: Route, only: str) -> Iterator[tuple[str, str]]:
    for exchanger in route.exchangers:
        yield from ((exchanger.host, address) for address in exchanger.addresses if address == (only or address))


async def _ask(session: Session, search: _Search) -> None:
    """Guesses until one is taken, then a random name; at most eight recipients in the session, all told."""
    said: list[dict[str, Any]] = []
    before = replace(search, waiting=[*search.waiting], refused=[*search.refused])
    is_broken = False
    try:
        await session.open()
        for place in range(search.room):
            # The last place is kept for the random name, in case that the guess before it is taken.
            if search.is_over or (search.hit is None and place == MOST_RECIPIENTS - 1):
                break
            address = f"{search.waiting[0].local}@{search.domain}" if search.hit is None else search.stranger
            reply, kind = await session.ask(address)
            if kind is ReplyClass.TLS_REQUIRED and await session.secure():
                continue
            said.append(entry(f"RCPT TO:<{address}>", reply, kind))
            _note(search, reply, kind, is_alone=len(said) == 1)
            search.place = session.address if search.hit else ""
    except Lost as error:
        is_broken = True
        session.is_out_of_step = session.is_mixed_up = isinstance(error, OutOfStep)
        search.stopped = error.reason if not said else None
    finally:
        await session.close()
    if session.is_out_of_step:
        _take_back(search, before, session, len(said), is_broken=is_broken)
    evidence = session.evidence()
    search.sessions.append({**evidence, "transcript": [*evidence["transcript"], *said]})


def _take_back(search: _Search, before: _Search, session: Session, answers: int, *, is_broken: bool) -> None:
    """What was said in a session that is not known to have been in step counts for nothing.

    The next one asks the same and greets again at its end, or else asks fewer, and first whom this one took.
    """
    hit, is_another_way = (
        search.hit,
        search.manners.after_doubt(
            has_greeted_again=session.greets_again, has_hung_up=session.has_hung_up and not is_broken
        ),
    )
    is_to_shrink = not is_another_way or session.is_mixed_up or is_broken
    is_last = is_to_shrink and search.room == 1
    search.waiting, search.refused, search.hit, search.kind = before.waiting, before.refused, before.hit, before.kind
    search.catch_all = before.catch_all
    search.stopped, search.doubted = Reason.DISCONNECTED if is_last else None, search.doubted + 1
    if is_to_shrink:
        search.room = fewer(search.room, answers, is_broken=is_broken, is_mixed_up=session.is_mixed_up)
        search.waiting.sort(key=lambda guess: guess is not hit)


def _note(search: _Search, reply: Reply, kind: ReplyClass, *, is_alone: bool) -> None:
    """What one answer means: to the random name if there is a hit already, else to the guess that was asked for.

    A refusal of the random name without a clear word may mean "one recipient only": then it is asked alone, once more.
    """
    about_mailbox = kind in TAKEN or reason_of(kind) in ABOUT_MAILBOX
    if not is_alone and reply.code == SAYS_GOODBYE:
        raise Lost(reason_of(kind), "one session takes no more")
    if search.hit is not None:
        if not is_alone and (kind is ReplyClass.OTHER_PERMANENT or is_for_one_only(reply, kind)):
            raise Lost(Reason.UNCLEAR_REPLY, "a second recipient")
        search.catch_all = kind in TAKEN if about_mailbox else None
        search.stopped = None if search.catch_all is not None else reason_of(kind)
    elif kind in TAKEN:
        search.hit, search.kind = search.waiting.pop(0), kind
    elif about_mailbox:
        search.refused.append(search.waiting.pop(0))
    elif not is_alone and is_for_one_only(reply, kind):
        raise Lost(Reason.RATE_LIMITED, "one session takes no more")
    else:
        search.stopped = reason_of(kind)


def _unasked(search: _Search, reason: Reason) -> Finding:
    """Nobody was asked: suggestions only, unless the domain takes no mail at all."""
    status = STATUS_OF[reason]
    return Finding(status, reason, alternatives=() if status == "undeliverable" else _suggested(search, search.waiting))


def _finding(search: _Search) -> Finding:
    tried = tuple(
        f"{guess.local}@{search.domain}" for guess in [*search.refused, *([search.hit] if search.hit else [])]
    )
    sessions = tuple(search.sessions)
    if search.hit is None:
        reason = search.stopped or (Reason.MAILBOX_NOT_FOUND if not search.waiting else Reason.UNCLEAR_REPLY)
        left = _suggested(search, search.waiting)
        return Finding(STATUS_OF[reason], reason, alternatives=left, tried=tried, sessions=sessions)
    hit, alternatives = search.hit, _suggested(search, [search.hit, *search.waiting])
    if search.catch_all is not False:
        reason = Reason.ACCEPT_ALL if search.catch_all else search.stopped or Reason.UNCLEAR_REPLY
        return Finding(
            STATUS_OF[reason], reason, "", hit.confidence, search.catch_all, alternatives, tried, hit.pattern, sessions
        )
    reason = (
        Reason.MAILBOX_ACCEPTED if search.kind is ReplyClass.ACCEPTED else reason_of(search.kind or ReplyClass.ACCEPTED)
    )
    email = f"{hit.local}@{search.domain}"
    return Finding(
        STATUS_OF[reason], reason, email, FOUND_CONFIDENCE, search.catch_all, alternatives[1:], tried, hit.pattern,
        sessions,
    )  # fmt: skip


def _suggested(search: _Search, open_guesses: Sequence[Guess]) -> tuple[tuple[str, float], ...]:
    """What is left, with the chances of what was ruled out shared among it."""
    ruled_out = sum(guess.confidence for guess in search.refused)
    return tuple(
        (f"{each.local}@{search.domain}", min(0.99, each.confidence / max(1 - ruled_out, 0.01)))
        for each in open_guesses
    )
