"""A name server on a free loopback port that answers from a table: for the sample's domains and for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Table = Mapping[tuple[str, str], Iterable[str]]
TTL = 300


class NameServer(asyncio.DatagramProtocol):
    """`table` is `{("acme.example", "MX"): ("10 mx.acme.example.",)}`; names in `failing` answer SERVFAIL, those in
    `silent` nothing, those in `garbled` what is no answer. `asked` is the log of (name, type).

        async with NameServer({("acme.example", "A"): ("127.0.0.1",)}) as server:
            AioResolver([server.address])
    """

    def __init__(
        self, table: Table, *, failing: Iterable[str] = (), silent: Iterable[str] = (), garbled: Iterable[str] = ()
    ) -> None:
        self.table = table
        self.failing, self.silent, self.garbled = set(failing), set(silent), set(garbled)
        self.asked: list[tuple[str, str]] = []
        self._transport: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> NameServer:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._transport is not None:
            self._transport.close()

    @property
    def address(self) -> str:
        """Where it listens, as "127.0.0.1:40123"."""
        assert self._transport is not None  # noqa: S101
        return "{}:{}".format(*self._transport.get_extra_info("sockname"))

    def datagram_received(self, data: bytes, address: Any) -> None:
        question = dns.message.from_wire(data)
        name = str(question.question[0].name).rstrip(".").lower()
        rtype = dns.rdatatype.to_text(question.question[0].rdtype)
        self.asked.append((name, rtype))
        if name not in self.silent and self._transport is not None:
            answer = self._answer(question, name, rtype).to_wire()
            self._transport.sendto(answer[:-1] if name in self.garbled else answer, address)

    def _answer(self, question: dns.message.Message, name: str, rtype: str) -> dns.message.Message:
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        records = tuple(self.table.get((name, rtype), ()))
        if name in self.failing:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif records:
            answer.answer.append(dns.rrset.from_text(question.question[0].name, TTL, "IN", rtype, *records))
        elif not any(known == name or known.endswith(f".{name}") for known, _ in self.table):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
