"""How a session is ended so that its end proves its answers: by the goodbye, or by a second greeting before it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from enrichment.verifying.connection import Connection, Lost, OutOfStep
from enrichment.verifying.parting import BYE, NOT_UNDERSTOOD, SAYS_GOODBYE, Step, Tally
from enrichment.verifying.replying import Reply


@dataclass(frozen=True, slots=True)
class Hello:
    """How we greeted, the lines in which the server answered, and the extensions that it names in them."""

    command: str = ""
    lines: tuple[str, ...] = ()
    offers: frozenset[str] = frozenset()

    @classmethod
    def answered(cls, command: str, reply: Reply) -> Hello:
        return cls(command, reply.lines, _named(reply.lines))

    def is_answered_by(self, reply: Reply) -> bool:
        """The same as the first time, and that is no answer to anything else: it names the server, or what it offers.

        The words beside these may change, such as the time of day.
        """
        if not reply.is_positive or len(self.lines) > 1:
            return reply.is_positive and not _named(self.lines[1:]).isdisjoint(_named(reply.lines[1:]))
        return reply.lines == self.lines and not reply.enhanced and "." in reply.text.partition(" ")[0]


def _named(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(line.split(" ")[0].upper() for line in lines)


@dataclass(frozen=True, slots=True)
class Parting:
    """What is proven of a session, whether its goodbye proves that without a second greeting, and whether the server hung
    up at that one.
    """

    step: Step
    is_goodbye_enough: bool = False
    has_hung_up: bool = False


async def leave(line: Connection, heard: Tally, hello: Hello, *, owed: int, greets_again: bool) -> Parting:
    """Takes leave, and tells what is proven of what the server said. It may be greeted once more before, as is allowed
    at any time (RFC 5321 4.1.4): one that is in step answers as it did at first, or under TLS.
    """
    parting = Parting(Step.UNPROVEN)
    if greets_again and heard.answered and not owed and line.is_open and line.farewell is None:
        parting = await _greeted_again(line, hello)
    left = await line.close()
    is_proven = heard.is_proven(left, owed=owed)
    if parting.step is Step.PROVEN and left.is_early:
        return Parting(Step.MIXED_UP)
    if parting.step is Step.UNPROVEN and is_proven:
        return Parting(Step.PROVEN)
    return replace(parting, is_goodbye_enough=is_proven and parting.step is Step.PROVEN)


async def _greeted_again(line: Connection, hello: Hello) -> Parting:
    """Whoever stands before the server may answer at once, while its own answers still come: they are waited for, for
    about as long as the slowest took.
    """
    try:
        reply = await line.command(hello.command)
    except OutOfStep:
        return Parting(Step.MIXED_UP)
    except Lost:
        return Parting(Step.UNPROVEN, has_hung_up=True)
    if hello.is_answered_by(reply):
        await asyncio.sleep(min(line.slowest, line.patience.goodbye))
        return Parting(Step.PROVEN)
    has_hung_up = reply.code in (SAYS_GOODBYE, BYE)
    is_telling_nothing = has_hung_up or reply.code in NOT_UNDERSTOOD or reply.lines == hello.lines
    return Parting(Step.UNPROVEN if is_telling_nothing else Step.MIXED_UP, has_hung_up=has_hung_up)
