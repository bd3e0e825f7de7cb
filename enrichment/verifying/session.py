"""One conversation with one mail exchanger: greeting, sender, then recipients one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from enrichment.checks.replies import ReplyClass, Stage
from enrichment.verdict import Reason
from enrichment.verifying.connection import Connection, Lost, Patience, Reply, connect
from enrichment.verifying.judging import class_of, reason_of
from enrichment.verifying.proxy import Proxy

NULL_SENDER = ""
NOT_UNDERSTOOD = range(500, 505)  # the answers of a server that knows HELO only


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name in EHLO, the sender in MAIL FROM, and by which way."""

    helo: str
    mail_from: str
    patience: Patience = field(default_factory=Patience)
    proxy: Proxy | None = None


class Refused(Exception):
    """The exchanger did not get as far as recipients; `session` is what was said."""

    def __init__(self, reason: Reason, session: Session) -> None:
        super().__init__(str(reason))
        self.reason, self.session = reason, session

    @property
    def is_worth_next_exchanger(self) -> bool:
        """Another exchanger may be up; one that refuses us by policy speaks for them all."""
        return self.reason not in (Reason.IP_BLOCKED, Reason.SENDER_REJECTED, Reason.TLS_REQUIRED)


@dataclass
class Session:
    """`open` it, `ask` for recipients, `close` it. Everything said up to the sender is in `opening`."""

    caller: Caller
    host: str
    address: str
    port: int
    opening: list[dict[str, Any]] = field(default_factory=list)
    outcome: str = ""
    mail_from: str = ""
    takes_utf8: bool = False
    _connection: Connection | None = None
    _offers: frozenset[str] = frozenset()

    async def open(self, *, wants_utf8: bool = False) -> None:
        """As far as an accepted sender; `Refused` says why not."""
        self.mail_from = self.caller.mail_from
        try:
            self._connection = await connect(
                self.address, self.port, patience=self.caller.patience, proxy=self.caller.proxy
            )
            self._must(self._note("", await self._connection.banner(), "banner"), "banner")
            await self._greet()
            await self._name_sender(wants_utf8=wants_utf8)
        except Lost as error:
            raise self._refused(error.reason, error.detail) from error
        except Refused:
            await self.close()
            raise
        self.outcome = "open"

    async def ask(self, address: str) -> tuple[Reply, ReplyClass]:
        """The answer for one recipient; `Lost` when the connection breaks."""
        reply = await self._line.command(f"RCPT TO:<{address}>")
        return reply, class_of(reply, "rcpt", address)

    async def secure(self) -> bool:
        """After "530 must issue STARTTLS" at a recipient: encrypts and names the sender again; False if not offered."""
        if self.is_secure or "STARTTLS" not in self._offers:
            return False
        await self._start_tls()
        await self._name_sender(wants_utf8=self.takes_utf8)
        return True

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

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
        reply = await self._say(f"EHLO {self.caller.helo}", "helo")
        if reply.code in NOT_UNDERSTOOD:
            reply = await self._say(f"HELO {self.caller.helo}", "helo")
        self._must(reply, "helo")
        self._offers = frozenset(line.split(" ")[0].upper() for line in reply.lines)

    async def _name_sender(self, *, wants_utf8: bool) -> None:
        """Our own sender first; some hosts that refuse it take the null one; TLS where it is demanded."""
        self.takes_utf8 = wants_utf8 and "SMTPUTF8" in self._offers
        reply = await self._mail()
        if class_of(reply, "mail") is ReplyClass.TLS_REQUIRED and not self.is_secure and "STARTTLS" in self._offers:
            await self._start_tls()
            reply = await self._mail()
        if class_of(reply, "mail") is ReplyClass.SENDER_REJECTED and self.mail_from:
            self.mail_from = NULL_SENDER
            again = await self._mail()
            reply = again if again.is_positive else reply
        self._must(reply, "mail")

    async def _mail(self) -> Reply:
        return await self._say(f"MAIL FROM:<{self.mail_from}>{' SMTPUTF8' if self.takes_utf8 else ''}", "mail")

    async def _start_tls(self) -> None:
        self._must(await self._say("STARTTLS", "helo"), "helo")
        await self._line.start_tls(self.host)
        await self._greet()

    async def _say(self, line: str, stage: Stage) -> Reply:
        return self._note(line, await self._line.command(line), stage)

    def _note(self, command: str, reply: Reply, stage: Stage) -> Reply:
        self.opening.append(entry(command, reply, class_of(reply, stage)))
        return reply

    def _must(self, reply: Reply, stage: Stage) -> None:
        if not reply.is_positive:
            raise self._refused(reason_of(class_of(reply, stage)), "")

    def _refused(self, reason: Reason, detail: str) -> Refused:
        self.outcome = f"{reason}: {detail}" if detail else str(reason)
        return Refused(reason, self)


def entry(command: str, reply: Reply, kind: ReplyClass) -> dict[str, Any]:
    """A line of the transcript."""
    return {
        "cmd": command,
        "code": reply.code,
        "enhanced": reply.enhanced,
        "text": reply.text,
        "class": str(kind),
        "ms": reply.ms,
    }
