"""What an answer of a mail server means for the verdict."""

from __future__ import annotations

from enrichment.checks.replies import ReplyClass, classify
from enrichment.verdict import Reason
from enrichment.verifying.connection import Reply

REASONS: dict[ReplyClass, Reason] = {
    ReplyClass.NO_MAILBOX: Reason.MAILBOX_NOT_FOUND,
    ReplyClass.DISABLED: Reason.MAILBOX_DISABLED,
    ReplyClass.MOVED: Reason.MAILBOX_MOVED,
    ReplyClass.FULL: Reason.MAILBOX_FULL,
    ReplyClass.GREYLISTED: Reason.GREYLISTED,
    ReplyClass.RATE_LIMITED: Reason.RATE_LIMITED,
    ReplyClass.MAILBOX_RATE_LIMITED: Reason.MAILBOX_RATE_LIMITED,
    ReplyClass.BUSY: Reason.SERVER_BUSY,
    ReplyClass.IP_BLOCKED: Reason.IP_BLOCKED,
    ReplyClass.SENDER_REJECTED: Reason.SENDER_REJECTED,
    ReplyClass.RELAY_DENIED: Reason.RELAY_DENIED,
    ReplyClass.TLS_REQUIRED: Reason.TLS_REQUIRED,
    ReplyClass.OTHER_TEMPORARY: Reason.SERVER_BUSY,
    ReplyClass.OTHER_PERMANENT: Reason.UNCLEAR_REPLY,
}
# Only these say something of the mailbox that was asked for; the others are about us, or about the moment.
ABOUT_MAILBOX = {Reason.MAILBOX_NOT_FOUND, Reason.MAILBOX_DISABLED, Reason.MAILBOX_MOVED, Reason.MAILBOX_FULL}
WORTH_ANOTHER_TRY = {Reason.GREYLISTED, Reason.RATE_LIMITED, Reason.SERVER_BUSY}


def class_of(reply: Reply, stage: str) -> ReplyClass:
    """The class of an answer at a stage: banner, helo, mail or rcpt."""
    return ReplyClass.ACCEPTED if reply.is_positive else classify(reply.code, reply.enhanced, reply.text, stage)


def reason_of(kind: ReplyClass) -> Reason:
    """The verdict's reason for a class that is no acceptance."""
    return REASONS.get(kind, Reason.UNCLEAR_REPLY)


def is_full_session(reply: Reply) -> bool:
    """The server takes no further recipient in this session ("452 4.5.3 Too many recipients"): says nothing of the address."""
    said = reply.text.lower()
    return reply.enhanced in ("4.5.3", "5.5.3") or (reply.code == 452 and "too many" in said)
