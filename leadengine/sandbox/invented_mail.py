"""How the mailboxes of the sample behave: invented, the same each time, each verdict with a known share.

A domain's habit is drawn by its name, a mailbox of an ordinary domain by its address (`SHARES`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping

from django.conf import settings

from leadengine.sandbox.mail import Host, Visit, known_only
from leadengine.sandbox.provider import SandboxForbidden

ADDRESS = "127.0.0.1"
TAKES_ANYBODY, REFUSES_US, GREYLISTS = 15, 5, 5  # of 100 domains
MISSING = 20  # of 100 mailboxes of the other domains
GREY_SECONDS = 300  # for which a stranger is put off
SHARES = {"deliverable": 0.60, "undeliverable": 0.15, "risky": 0.15, "unknown": 0.10}  # of first answers
LATER = "451 4.7.1 <{}>: Recipient address rejected: Greylisted, please try again later"
REFUSED = "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using list.sandbox.example"


def is_invented(email: str) -> bool:
    """Whether the address is on a domain of the sample, which no server of the internet answers for (RFC 2606)."""
    return email.strip().lower().endswith(".example")


def verdict_in_store(email: str) -> str:
    """The status that a verification of this invented address comes to at first.

    >>> verdict_in_store("ada@acme.example")
    'deliverable'
    """
    return "unknown" if greylists(email) else verdict_at_last(email)


def verdict_at_last(email: str) -> str:
    """The status once a domain that greylists has been asked again."""
    habit = drawn(_domain(email))
    if habit < TAKES_ANYBODY:
        return "risky"
    if habit < TAKES_ANYBODY + REFUSES_US:
        return "unknown"
    return "undeliverable" if drawn(email.lower()) < MISSING else "deliverable"


def greylists(email: str) -> bool:
    """Whether the domain puts strangers off for a while."""
    return TAKES_ANYBODY + REFUSES_US <= drawn(_domain(email)) < TAKES_ANYBODY + REFUSES_US + GREYLISTS


def table_of(emails: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What DNS says of the domains of these addresses. SandboxForbidden in production, unless it is wanted there."""
    if not settings.SANDBOX:
        raise SandboxForbidden("Set SANDBOX=1 to serve invented data.")
    table: dict[tuple[str, str], tuple[str, ...]] = {}
    for domain in {_domain(email) for email in emails}:
        table[domain, "MX"] = (f"10 mx.{domain}.",)
        table[f"mx.{domain}", "A"] = (ADDRESS,)
        table[domain, "TXT"] = ('"v=spf1 mx -all"',)
        table[f"_dmarc.{domain}", "TXT"] = (f'"v=DMARC1; p={"reject" if drawn(domain) % 2 else "none"}"',)
    return table


def host_of(emails: Collection[str], waited: Mapping[str, float]) -> Host:
    """The one machine that takes mail for all of these domains, and knows those mailboxes that are not missing.

    `waited`: for how many seconds each address has been known to it.
    """
    known = frozenset(email.lower() for email in emails if verdict_at_last(email) == "deliverable")
    patience = {email.lower(): seconds for email, seconds in waited.items()}

    def answer(visit: Visit, address: str) -> str:
        if greylists(address) and patience.get(address.lower(), GREY_SECONDS) < GREY_SECONDS:
            return LATER.format(address)
        status = verdict_at_last(address)
        if status == "risky" or address.lower() in known:
            return "250 2.1.5 Ok"
        return REFUSED if status == "unknown" else known_only(Host(frozenset()), address)

    return Host(banner="220 mx.sandbox.example ESMTP invented", rcpt=answer)


def _domain(email: str) -> str:
    return email.strip().lower().rpartition("@")[2]


def drawn(text: str) -> int:
    """0..99, evenly, by the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) % 100
