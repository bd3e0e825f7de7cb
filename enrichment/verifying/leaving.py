"""How a session is ended so that its end proves its answers: by the goodbye, or by a second greeting before it."""

from __future__ import annotations

from dataclasses import dataclass

from enrichment.verifying.connection import Connection, Lost, OutOfStep
from enrichment.verifying.parting import NOT_UNDERSTOOD, SAYS_GOODBYE, Step, Tally
from enrichment.verifying.replying import Reply


@dataclass(frozen=True, slots=True)
class Hello:
    """How we greeted, and the lines in which the server answered."""

    command: str = ""
    lines: tuple[str, ...] = ()

    @property
    def offers(self) -> frozenset[str]:
        """The extensions that the server names."""
        return frozenset(line.split(" ")[0].upper() for line in self.lines)

    def is_answered_by(self, reply: Reply) -> bool:
        """The same as the first time, and that is no answer to anything else: it names the server, or what it offers."""
        is_telling = len(self.lines) > 1 or (not reply.enhanced and "." in reply.text.partition(" ")[0])
        return reply.is_positive and is_telling and reply.lines == self.lines


async def leave(line: Connection, heard: Tally, hello: Hello, *, owed: int, greets_again: bool) -> Step:
    """Takes leave, and tells what is proven of what the server said. It may be greeted once more before, as is allowed
    at any time (RFC 5321 4.1.4): one that is in step answers as it did at first, or under TLS.
    """
    step = Step.UNPROVEN
    if greets_again and heard.answered and not owed and line.is_open and line.farewell is None:
        step = await _greeted_again(line, hello)
    parted = await line.close()
    if step is Step.UNPROVEN and heard.is_proven(parted, owed=owed):
        return Step.PROVEN
    return step


async def _greeted_again(line: Connection, hello: Hello) -> Step:
    try:
        reply = await line.command(hello.command)
    except OutOfStep:
        return Step.MIXED_UP
    except Lost:
        return Step.UNPROVEN
    if hello.is_answered_by(reply):
        return Step.PROVEN
    is_telling_nothing = reply.code == SAYS_GOODBYE or reply.code in NOT_UNDERSTOOD or reply.lines == hello.lines
    return Step.UNPROVEN if is_telling_nothing else Step.MIXED_UP
