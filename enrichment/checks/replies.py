"""What an SMTP reply means: about the mailbox, about us, or about the moment."""

from __future__ import annotations

import re
from enum import StrEnum


class ReplyClass(StrEnum):
    ACCEPTED = "accepted"
    NO_MAILBOX = "no_mailbox"
    DISABLED = "disabled"
    MOVED = "moved"
    FULL = "full"
    GREYLISTED = "greylisted"
    RATE_LIMITED = "rate_limited"
    MAILBOX_RATE_LIMITED = "mailbox_rate_limited"
    BUSY = "busy"
    IP_BLOCKED = "ip_blocked"
    SENDER_REJECTED = "sender_rejected"
    RELAY_DENIED = "relay_denied"
    TLS_REQUIRED = "tls_required"
    OTHER_TEMPORARY = "other_temporary"
    OTHER_PERMANENT = "other_permanent"


# The first that fits decides; what is about us stands before what is about the mailbox.
_TEXTS: tuple[tuple[ReplyClass, str], ...] = (
    (ReplyClass.TLS_REQUIRED, r"must issue a? ?starttls|tls (is )?required|encryption required|requires? tls"),
    (ReplyClass.GREYLISTED, r"gr[ea]y-?list|try again in \d+ (sec|min)|please come back later"),
    (ReplyClass.MAILBOX_RATE_LIMITED, r"(receiving|recipient).{0,40}mail at a rate|receiving mail too quickly"),
    (
        ReplyClass.IP_BLOCKED,
        r"spamhaus|spamcop|barracuda|sorbs|blocked using|dnsbl|\brbl\b|blacklist|block ?list|reverse (dns|host)|rdns|"
        r"\bptr\b|reputation|client host|your (ip|host|server)|spf|dmarc|banned|poor|blocked",
    ),
    (ReplyClass.RELAY_DENIED, r"relay|not (a )?local domain|rcpthosts"),
    (ReplyClass.SENDER_REJECTED, r"sender (address )?(rejected|denied|verif)|invalid sender|mail from|domain of sender"),
    (ReplyClass.FULL, r"quota|mailbox (is )?full|over ?quota|storage|too full|inbox (is )?full"),
    (ReplyClass.DISABLED, r"disabled|inactive|suspended|deactivated|not active|account.{0,20}closed|expired"),
    (ReplyClass.MOVED, r"moved|no longer (at|with)|user not local; please try"),
    (
        ReplyClass.NO_MAILBOX,
        r"user unknown|unknown (user|recipient|mailbox|address)|no such|not exist|no mailbox|unknown or|not found|"
        r"invalid (recipient|mailbox|address|user)|recipient (rejected|unknown|not)|mailbox unavailable|undeliverable|"
        r"no (valid )?recipient|unrouteable|not a valid|isn't a|does not have an?|unknown local|bad destination mailbox",
    ),
    (ReplyClass.RATE_LIMITED, r"rate|too many|throttl|too fast|limit exceeded|try again later.{0,20}connections"),
    (ReplyClass.BUSY, r"busy|overload|resources|local error|temporarily|system problem"),
)
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in _TEXTS]
_PERMANENT = {
    "5.1.1": ReplyClass.NO_MAILBOX, "5.1.0": ReplyClass.NO_MAILBOX, "5.1.10": ReplyClass.NO_MAILBOX,
    "5.1.6": ReplyClass.MOVED, "5.2.1": ReplyClass.DISABLED, "5.2.2": ReplyClass.FULL, "4.2.2": ReplyClass.FULL,
    "5.1.8": ReplyClass.SENDER_REJECTED, "5.1.7": ReplyClass.SENDER_REJECTED,
}  # fmt: skip
_ABOUT_MAILBOX = {ReplyClass.NO_MAILBOX, ReplyClass.DISABLED, ReplyClass.MOVED}


def classify(code: int, enhanced: str, text: str, stage: str) -> ReplyClass:
    """The class of a reply at a stage: banner, helo, mail or rcpt."""
    said = text.lower()
    if 200 <= code < 300:
        return ReplyClass.ACCEPTED
    if code == 530:
        return ReplyClass.TLS_REQUIRED
    found = [kind for kind, pattern in _COMPILED if pattern.search(said)]
    kind = found[0] if found else None
    if stage != "rcpt":
        kind = None if kind in _ABOUT_MAILBOX or kind is ReplyClass.FULL else kind
    if code < 500:
        return _temporary(kind, code, enhanced)
    if stage == "mail" and kind not in (ReplyClass.IP_BLOCKED, ReplyClass.TLS_REQUIRED):
        return ReplyClass.SENDER_REJECTED
    return _permanent(kind, code, enhanced, said, stage)


def _temporary(kind: ReplyClass | None, code: int, enhanced: str) -> ReplyClass:
    if enhanced == "4.2.2":
        return ReplyClass.FULL
    if kind and kind not in _ABOUT_MAILBOX:
        return kind
    if code == 421 or enhanced == "4.7.0":
        return ReplyClass.RATE_LIMITED
    return ReplyClass.GREYLISTED if enhanced in ("4.7.1", "4.2.0") else ReplyClass.OTHER_TEMPORARY


def _permanent(kind: ReplyClass | None, code: int, enhanced: str, said: str, stage: str) -> ReplyClass:
    if stage == "rcpt" and enhanced == "5.4.1" and "access denied" in said:
        return ReplyClass.NO_MAILBOX
    if kind in (ReplyClass.IP_BLOCKED, ReplyClass.RELAY_DENIED, ReplyClass.SENDER_REJECTED, ReplyClass.TLS_REQUIRED):
        return kind
    if stage == "rcpt" and enhanced in _PERMANENT:
        return _PERMANENT[enhanced]
    if enhanced.startswith("5.7") or "access denied" in said or stage == "banner":
        return kind or ReplyClass.IP_BLOCKED
    if code in (551, 552):
        return ReplyClass.MOVED if code == 551 else ReplyClass.FULL
    return kind or ReplyClass.OTHER_PERMANENT
