"""What a mail server's reply means, by enhanced code plus the meaning of its text; blame for us is never "no mailbox"."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from enrichment.checks.reply_texts import plain, wordings

Stage = Literal["connect", "banner", "helo", "tls", "mail", "rcpt", "data", "quit"]


class ReplyClass(StrEnum):
    """The meanings that the engine acts on; only the first four below `ACCEPTED` say something of the mailbox for good."""

    ACCEPTED = "accepted"
    NO_MAILBOX = "no_mailbox"
    DISABLED = "disabled"
    MOVED = "moved"
    FULL = "full"
    MAILBOX_RATE_LIMITED = "mailbox_rate_limited"
    GREYLISTED = "greylisted"
    RATE_LIMITED = "rate_limited"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    BUSY = "busy"
    IP_BLOCKED = "ip_blocked"
    SENDER_REJECTED = "sender_rejected"
    RELAY_DENIED = "relay_denied"
    TLS_REQUIRED = "tls_required"
    POLICY = "policy"
    NO_DOMAIN = "no_domain"
    OTHER_TEMPORARY = "other_temporary"
    OTHER_PERMANENT = "other_permanent"


_C = ReplyClass
# In order of trust: what is about us comes first, so that "sender address: user unknown" never condemns the recipient.
_TRUST: tuple[tuple[str, ReplyClass], ...] = (
    *((each.value, each) for each in (
        _C.SENDER_REJECTED, _C.TOO_MANY_RECIPIENTS, _C.FULL, _C.MAILBOX_RATE_LIMITED, _C.TLS_REQUIRED, _C.RATE_LIMITED,
    )),
    ("restricted", _C.POLICY),
    *((each.value, each) for each in (_C.DISABLED, _C.MOVED, _C.RELAY_DENIED, _C.NO_DOMAIN, _C.IP_BLOCKED)),
    ("undelivered", _C.BUSY),
    *((each.value, each) for each in (_C.POLICY, _C.NO_MAILBOX, _C.GREYLISTED, _C.BUSY)),
)  # fmt: skip
_CODES: dict[str, ReplyClass] = {
    "1.0": _C.NO_MAILBOX, "1.1": _C.NO_MAILBOX, "1.10": _C.NO_MAILBOX, "1.3": _C.NO_MAILBOX, "1.6": _C.MOVED,
    "1.2": _C.NO_DOMAIN, "1.7": _C.SENDER_REJECTED, "1.8": _C.SENDER_REJECTED, "1.9": _C.SENDER_REJECTED,
    "2.1": _C.DISABLED, "2.2": _C.FULL, "2.3": _C.POLICY, "2.4": _C.POLICY, "3.1": _C.BUSY, "3.2": _C.BUSY,
    "3.4": _C.POLICY, "3.5": _C.BUSY, "4.4": _C.NO_DOMAIN, "4.6": _C.NO_DOMAIN,
    "5.3": _C.TOO_MANY_RECIPIENTS, "7.10": _C.TLS_REQUIRED, "7.13": _C.DISABLED,
}  # fmt: skip
_ABOUT_MAILBOX = {_C.NO_MAILBOX, _C.DISABLED, _C.MOVED}
_OF_THE_SESSION = {500, 502, 503, 504, 521}  # commands in disorder, or a machine that takes no mail of ours
_NO_ACCEPTANCE = {211, 214, 220, 221, 235}  # help, greeting, leave and signing in: answers to something else
_HINT_OF_OUR_FAULT = re.compile(r"^7\.|^6\.")  # x.6.x content, x.7.x security: about the sender's side, by definition
# Microsoft's edge says so, with 5.4.1, of a recipient that is not in the directory; 5.4.1 alone is "no answer from the host".
_EDGE = re.compile(r"\brecipient address(?:es)? rejected ?: access denied")
# A refusal at these stages that blames nobody: a machine that takes no mail, or whose encryption is out of order.
_NO_BLAME: dict[str, ReplyClass] = {
    "connect": _C.OTHER_PERMANENT, "banner": _C.OTHER_PERMANENT, "tls": _C.TLS_REQUIRED,
}  # fmt: skip
_CLEARLY_MISSING = re.compile(r"unknown|no such|not (?:be )?found|exist|not in |no mailbox")
_ALSO_ABOUT_US = re.compile(r"\b(?:ip|client|hosts?|servers?|service|sender|connection|relay)\b")
_WRITTEN_CODE = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")  # not a piece of 5.1.1.20, an address


def classify(code: int | None, enhanced: str, text: str, *, stage: Stage = "rcpt") -> ReplyClass:
    """The class of one reply: (550, "5.1.1", "User unknown") -> NO_MAILBOX; (550, "5.7.1", "IP blocked") -> IP_BLOCKED.

    `code` None: the reply was only a text. Before RCPT nothing is known of a mailbox, whatever the words are.
    """
    return _classify(code or 0, enhanced, text, stage)


def is_acceptance(code: int, enhanced: str) -> bool:
    """Whether a positive code takes the recipient: not one of something else, nor with an enhanced one that says no."""
    return code not in _NO_ACCEPTANCE and enhanced[:1] not in ("4", "5")


@lru_cache(maxsize=4096)
def _classify(code: int, enhanced: str, text: str, stage: Stage) -> ReplyClass:
    kind, detail = _split(enhanced, text)
    severity = code // 100 or kind
    if severity == 2:
        return _C.ACCEPTED if stage != "rcpt" or is_acceptance(code, enhanced) else _C.OTHER_PERMANENT
    if severity not in (4, 5):
        return _C.OTHER_PERMANENT  # no answer that a recipient can have
    found = _by_text(plain(text), detail) or _by_code(code, detail)
    if code in _OF_THE_SESSION and found in _ABOUT_MAILBOX:
        found = _C.OTHER_PERMANENT
    if severity == 4:
        found = _for_now(found, code, detail, plain(text))
    elif found is _C.GREYLISTED:
        found = _C.OTHER_TEMPORARY  # "try again later" under a code that says for ever: nothing is known
    return found if stage in ("rcpt", "data") else _before_recipients(found, severity, stage)


def _split(enhanced: str, text: str) -> tuple[int, str]:
    """(class, "subject.detail") of the enhanced code that was given, or else of the first one in the text."""
    found = _WRITTEN_CODE.search(enhanced) or _WRITTEN_CODE.search(text[:60])
    return (int(found[1]), f"{int(found[2])}.{int(found[3])}") if found else (5, "")


def _by_text(text: str, detail: str) -> ReplyClass | None:
    found = next((each for name, each in _TRUST if wordings()[name].search(text)), None)
    if found is _C.IP_BLOCKED and detail == "4.1" and _EDGE.search(text):
        return _C.NO_MAILBOX
    if found is _C.FULL and detail.startswith("3."):  # the system's storage, nobody's mailbox
        return _C.BUSY
    if found is _C.DISABLED and re.search(r"temporar|try again|later", text):
        return _C.OTHER_TEMPORARY
    if found is _C.NO_MAILBOX and _HINT_OF_OUR_FAULT.match(detail):
        return found if _CLEARLY_MISSING.search(text) and not _ALSO_ABOUT_US.search(text) else _C.POLICY
    return found


def _by_code(code: int, detail: str) -> ReplyClass:
    if code == 551:
        return _C.MOVED
    if detail in _CODES:
        return _CODES[detail]
    if _HINT_OF_OUR_FAULT.match(detail):
        return _C.POLICY
    if code == 530:
        return _C.TLS_REQUIRED
    return _C.BUSY if code == 421 else _C.OTHER_PERMANENT


def _for_now(found: ReplyClass, code: int, detail: str, text: str) -> ReplyClass:
    """A temporary reply never says that a mailbox is missing; grey where it asks to come back and blames nobody."""
    if found in (*_ABOUT_MAILBOX, _C.POLICY, _C.OTHER_PERMANENT):
        asks_back = wordings()[_C.GREYLISTED].search(text)
        if code in (450, 451) and (asks_back or (detail in ("2.0", "7.1") and found is not _C.DISABLED)):
            return _C.GREYLISTED
        return _C.OTHER_TEMPORARY
    if found is _C.GREYLISTED and code == 421:
        return _C.BUSY
    return found


def _before_recipients(found: ReplyClass, severity: int, stage: Stage) -> ReplyClass:
    if found not in (*_ABOUT_MAILBOX, _C.FULL, _C.NO_DOMAIN, _C.OTHER_PERMANENT, _C.RELAY_DENIED, _C.POLICY):
        return found
    if severity == 4:
        return _C.OTHER_TEMPORARY
    if stage in _NO_BLAME and found is not _C.POLICY:
        return _NO_BLAME[stage]
    return _C.SENDER_REJECTED if stage == "mail" else _C.IP_BLOCKED
