"""Whether mail servers will talk to us: names, port 25, the name and the sender we go by, and lists that hold us."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Literal

from enrichment.checks import spf
from enrichment.checks.reputation import listings, reverse_name
from enrichment.resolving import Resolver
from enrichment.verifying.selftest import WITNESSES, PortTest

Outcome = Literal["good", "bad", "unknown"]
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tested: its `name`, how it stands, what was seen, and what to do where it is not good."""

    name: str
    outcome: Outcome
    seen: str
    advice: str = ""


async def self_test(
    resolver: Resolver, *, helo: str, mail_from: str, zones: Sequence[str], port_test: PortTest, is_probing: bool = True
) -> tuple[Finding, ...]:
    """Five things, at once; within little more than two seconds."""
    names, port, own, sender, lists = await asyncio.gather(
        _within(_names(resolver), "Names"),
        _within(_port(port_test), "Port 25"),
        _within(_name(resolver, helo), "Our name"),
        _within(_sender(resolver, mail_from), "Our sender"),
        _within(_lists(resolver, helo, zones), "Block lists"),
    )
    if names.outcome != "good":
        port = Finding("Port 25", "unknown", "Not to be tested without names.")
    if not is_probing:
        port = Finding("Port 25", "unknown", "Not tested: VERIFY_SMTP is 0, no mail server is asked.")
    return (names, port, own, sender, lists)


async def _within(finding: Awaitable[Finding], name: str) -> Finding:
    try:
        async with asyncio.timeout(SECONDS + 0.5):
            return await finding
    except TimeoutError:
        return Finding(name, "unknown", "No answer in time.", "Test again; if it stays so, look at the name server.")


async def _names(resolver: Resolver) -> Finding:
    answers = await asyncio.gather(*(resolver.query(domain, "MX") for domain in WITNESSES))
    found = sum(bool(answer.records) for answer in answers)
    if found:
        return Finding("Names", "good", f"{found} of {len(WITNESSES)} well-known domains were found.")
    advice = "Give this machine a name server that answers for the internet; until then nothing can be checked."
    return Finding("Names", "bad", "No well-known domain was found.", advice)


async def _port(port_test: PortTest) -> Finding:
    if await port_test():
        return Finding("Port 25", "good", "A large receiver answered.")
    advice = (
        "Ask the hoster to open outgoing port 25, or set VERIFY_PROXY to a SOCKS5 proxy on a machine that has it open."
        " Until then addresses are checked as far as DNS goes, and nothing is charged for the rest."
    )
    return Finding("Port 25", "bad", f"None of {len(WITNESSES)} large receivers could be reached.", advice)


async def _name(resolver: Resolver, helo: str) -> Finding:
    """A name that leads to an address which leads back to the name."""
    addresses = (await resolver.query(helo, "A")).records or (await resolver.query(helo, "AAAA")).records
    if not addresses:
        advice = "Set VERIFY_HELO to a host name that leads to this machine's public address."
        return Finding("Our name", "bad", f"{helo} leads nowhere.", advice)
    backs = await asyncio.gather(*(resolver.query(reverse_name(address), "PTR") for address in addresses))
    if any(helo in answer.records for answer in backs):
        return Finding("Our name", "good", f"{helo} leads to {addresses[0]}, and back.")
    back = next((record for answer in backs for record in answer.records), "nowhere")
    advice = f"Have the hoster set the PTR record of {addresses[0]} to {helo}: many receivers refuse others."
    return Finding("Our name", "bad", f"{helo} leads to {addresses[0]}, which leads back to {back}.", advice)


async def _sender(resolver: Resolver, mail_from: str) -> Finding:
    domain = mail_from.rpartition("@")[2]
    mail, texts = await asyncio.gather(resolver.query(domain, "MX"), resolver.query(domain, "TXT"))
    written = [text for text in texts.records if spf.is_spf(text)]
    if not mail.records:
        advice = "Set VERIFY_MAIL_FROM to a real mailbox: receivers call back, and refuse senders that get no mail."
        return Finding("Our sender", "bad", f"{mail_from}: {domain} takes no mail.", advice)
    if len(written) != 1 or not spf.parse(written[0]).valid:
        advice = f"Publish one SPF record at {domain} that names this machine's address."
        return Finding("Our sender", "bad", f"{domain} has no valid SPF record.", advice)
    return Finding("Our sender", "good", f"{mail_from}: {domain} takes mail and has an SPF record.")


async def _lists(resolver: Resolver, helo: str, zones: Sequence[str]) -> Finding:
    if not zones:
        return Finding(
            "Block lists", "unknown", "None is asked.", "Set VERIFY_ADDRESS_LISTS to lists that you may ask."
        )
    addresses = (await resolver.query(helo, "A")).records
    found = [each for address in addresses for each in await listings(address, zones, resolver)]
    listed = ", ".join(dict.fromkeys(each.zone for each in found if each.listed))
    if listed:
        return Finding(
            "Block lists", "bad", f"Listed by {listed}.", "Ask the list to take the address off, and why it is on."
        )
    answered = sum(each.listed is False for each in found)
    if not answered:
        return Finding("Block lists", "unknown", "No list gave an answer that can be believed.")
    return Finding("Block lists", "good", f"On none of {answered}.")
