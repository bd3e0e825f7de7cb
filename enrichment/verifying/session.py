"""One conversation with one mail exchanger: greeting, sender, then recipients, several at once where it offers that."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from enrichment.checks.replies import ReplyClass, Stage
from enrichment.verdict import Reason
from enrichment.verifying.caller import Caller
from enrichment.verifying.connection import Connection, Lost, OutOfStep, connect
from enrichment.verifying.in_step import READY, is_about_another
from enrichment.verifying.judging import class_of, reason_of
from enrichment.verifying.leaving import Hello, leave
from enrichment.verifying.manners import Manners
from enrichment.verifying.parting import NOT_UNDERSTOOD, Step, Tally
from enrichment.verifying.replying import Reply, entry

NULL_SENDER = ""
AT_ONCE = 8


class Refused(Exception):
    """The exchanger did not get as far as recipients; `session` is what was said."""

    def __init__(self, reason: Reason, session: Session) -> None:
        super().__init__(str(reason))
        self.reason, self.session = reason, session

    @property
    def is_worth_next_exchanger(self) -> bool:
        """Another exchanger may be up; one that refuses us by policy speaks for them all."""
        return self.reason not in (Reason.IP_BLOCKED, Reason.SENDER_REJECTED, Reason.TLS_REQUIRED)

    @property
    def is_worth_more_care(self) -> bool:
        """What it took before it refuses now: to be asked again step by step, with TLS and the other sender."""
        return self.session.is_hasty and self.reason in (Reason.SENDER_REJECTED, Reason.TLS_REQUIRED)


@dataclass
class Session:
    """`open` it, `ask` for recipients, `close` it. Everything said up to the sender is in `opening`.
    `ahead` are recipients named before their turn: at once with the sender to a server that took it before, and as one
    group where PIPELINING is offered; `ask` then only hears the answer. Without the offer it is one at a time.
    """

    caller: Caller
    host: str
    address: str
    port: int
    manners: Manners = field(default_factory=Manners)
    opening: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = ""
    mail_from: str = ""
    takes_utf8: bool = False
    is_hasty: bool = False
    is_out_of_step: bool = False  # what the server said in this session is not known to answer what was asked
    is_mixed_up: bool = False  # ... and known not to
    greets_again: bool = False
    has_hung_up: bool = False  # the server, when greeted again
    _connection: Connection | None = None
    _hello: Hello = field(default_factory=Hello)
    _heard: Tally = field(default_factory=Tally)
    _is_closed: bool = False
    _ahead: deque[str] = field(default_factory=deque)
    _named: set[str] = field(default_factory=set)

    async def open(self, *, wants_utf8: bool = False, ahead: Sequence[str] = ()) -> None:
        """As far as an accepted sender; `Refused` says why not."""
        self.mail_from, self.greets_again = self.caller.mail_from, self.manners.greets_again
        try:
            self._connection = await connect(
                self.address, self.port, patience=self.caller.patience, proxy=self.caller.proxy
            )
            self._must(self._note("", await self._connection.banner(), "banner"), "banner")
            await self._greet()
            if self.manners.wants_tls and "STARTTLS" in self._hello.offers:
                await self._start_tls()
            if ahead and self.manners.mail_from is not None and self.at_once > 1:
                await self._name_sender_and(ahead, wants_utf8=wants_utf8)
            else:
                await self._name_sender(wants_utf8=wants_utf8)
        except Lost as error:
            raise self._refused(error.reason, error.detail) from error
        except Refused:
            await self.close()
            raise
        self.outcome, self.manners.mail_from = "open", self.mail_from

    @property
    def at_once(self) -> int:
        """How many recipients may be named before the first is answered."""
        return AT_ONCE if "PIPELINING" in self._hello.offers and not self.manners.is_in_turn else 1

    @property
    def has_named_ahead(self) -> bool:
        """Answers to recipients that were named before their turn still come, in that order."""
        return bool(self._ahead)

    async def name_ahead(self, addresses: Sequence[str]) -> None:
        """Names recipients at once, but for those that were named with the sender."""
        if new := addresses[len(self._ahead) :]:
            await self._line.send(*map(_recipient, new))
            self._has_named(new)

    def _has_named(self, addresses: Sequence[str]) -> None:
        self._ahead.extend(addresses)
        self._heard.is_in_turn = False
        self._named |= {address.lower() for address in addresses}

    async def ask(self, address: str) -> tuple[Reply, ReplyClass]:
        """The answer for one recipient; `Lost` when the connection breaks. That it names another says nothing clear of him."""
        self._heard.asked += 1
        if is_ahead := self.has_named_ahead:
            if self._ahead.popleft() != address:
                raise OutOfStep("another is next")
            reply = await self._line.reply()
        else:
            reply = await self._line.command(_recipient(address))
        is_another = is_about_another(reply, address, self.mail_from, self._named if is_ahead else ())
        if reply.code == READY or (is_another and is_ahead):
            raise OutOfStep("about another")
        self._heard.answer(is_positive=reply.is_positive)
        kind = class_of(reply, "rcpt", address, sender=self.mail_from, host=self.host, takes_utf8=self.takes_utf8)
        return reply, ReplyClass.OTHER_PERMANENT if is_another else kind

    async def secure(self) -> bool:
        """After "530 must issue STARTTLS" at a recipient: encrypts and names the sender again; False if not offered."""
        if self.is_secure or "STARTTLS" not in self._hello.offers:
            return False
        await self._hear_out()
        self._heard.asked -= 1  # to be asked again
        await self._start_tls()
        await self._name_sender(wants_utf8=self.takes_utf8)
        return True

    async def close(self) -> None:
        """Its end tells whether it was in step; where it does not, nothing that it said is to be believed."""
        if (line := self._connection) and not self._is_closed:
            self._is_closed = True
            parting = await leave(line, self._heard, self._hello, owed=len(self._ahead), greets_again=self.greets_again)
            self.is_out_of_step |= parting.step is not Step.PROVEN
            self.is_mixed_up |= parting.step is Step.MIXED_UP
            self.has_hung_up = parting.has_hung_up
            self.manners.greets_again &= not parting.is_goodbye_enough

    def drop(self) -> None:
        """Leaves at once: nobody wants to know any more."""
        self._is_closed = True
        if self._connection:
            self._connection.drop()

    @property
    def is_secure(self) -> bool:
        return self._connection is not None and self._connection.is_secure

    def evidence(self) -> dict[str, Any]:
        """What stands in a verdict for this session, without the recipients."""
        banner = self.opening[0]["text"] if self.opening and not self.opening[0]["cmd"] else ""
        return {
            "host": self.host,
            "ip": self.address,
            "port": self.port,
            "proxy_id": self.caller.proxy.host if self.caller.proxy else "",
            "helo": self.caller.helo,
            "mail_from": self.mail_from,
            "tls": self.is_secure,
            "banner": banner,
            "transcript": list(self.opening),
            "outcome": self.outcome,
        }

    @property
    def _line(self) -> Connection:
        if self._connection is None:
            raise Lost(Reason.DISCONNECTED, "not open")
        return self._connection

    async def _greet(self) -> None:
        reply = await self._say(command := f"EHLO {self.caller.helo}", "helo")
        if reply.code in NOT_UNDERSTOOD:
            reply = await self._say(command := f"HELO {self.caller.helo}", "helo")
        self._must(reply, "helo")
        self._hello = Hello.answered(command, reply)

    async def _name_sender_and(self, ahead: Sequence[str], *, wants_utf8: bool) -> None:
        """The sender that was taken before, and at once with it the recipients."""
        self.is_hasty, self.mail_from = True, self.manners.mail_from or NULL_SENDER
        self.takes_utf8 = wants_utf8 and "SMTPUTF8" in self._hello.offers
        await self._line.send(self._sender, *map(_recipient, ahead))
        self._has_named(ahead)
        reply = self._note(self._sender, await self._line.reply(), "mail")
        if not reply.is_positive:
            await self._hear_out()
        self._must(reply, "mail")

    async def _hear_out(self) -> None:
        """The answers to what was named ahead, which count for nothing now."""
        while self._ahead:
            self._ahead.popleft()
            await self._line.reply()

    async def _name_sender(self, *, wants_utf8: bool) -> None:
        """Our own sender first; some hosts that refuse it take the null one; TLS where it is demanded."""
        self.takes_utf8 = wants_utf8 and "SMTPUTF8" in self._hello.offers
        reply = await self._say(self._sender, "mail")
        can_encrypt = not self.is_secure and "STARTTLS" in self._hello.offers
        if can_encrypt and class_of(reply, "mail") is ReplyClass.TLS_REQUIRED:
            await self._start_tls()
            reply = await self._say(self._sender, "mail")
        if class_of(reply, "mail") is ReplyClass.SENDER_REJECTED and self.mail_from:
            self.mail_from = NULL_SENDER
            again = await self._say(self._sender, "mail")
            reply = again if again.is_positive else reply
        self._must(reply, "mail")

    @property
    def _sender(self) -> str:
        return f"MAIL FROM:<{self.mail_from}>{' SMTPUTF8' if self.takes_utf8 else ''}"

    async def _start_tls(self) -> None:
        self._must(await self._say("STARTTLS", "tls", READY), "tls")
        await self._line.start_tls(self.host)
        self.manners.wants_tls = True
        await self._greet()

    async def _say(self, line: str, stage: Stage, done: int = 250) -> Reply:
        reply = self._note(line, await self._line.command(line), stage)
        if reply.is_positive and (reply.code == READY) != (done == READY):
            raise OutOfStep(f"{reply.code} to {line.partition(' ')[0]}")
        return reply

    def _note(self, command: str, reply: Reply, stage: Stage) -> Reply:
        self.opening.append(entry(command, reply, class_of(reply, stage)))
        return reply

    def _must(self, reply: Reply, stage: Stage) -> None:
        if not reply.is_positive:
            raise self._refused(reason_of(class_of(reply, stage)), "")

    def _refused(self, reason: Reason, detail: str) -> Refused:
        self.outcome = f"{reason}: {detail}" if detail else str(reason)
        return Refused(reason, self)


def _recipient(address: str) -> str:
    return f"RCPT TO:<{address}>"
