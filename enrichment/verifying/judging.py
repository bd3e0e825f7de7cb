"""What an answer of a mail server means for the verdict."""

from __future__ import annotations

from enrichment.checks.replies import ReplyClass, Stage, classify, is_acceptance
from enrichment.verdict import Reason
from enrichment.verifying.providers import group_of
from enrichment.verifying.replying import Reply

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
    ReplyClass.TOO_MANY_RECIPIENTS: Reason.RATE_LIMITED,
    ReplyClass.POLICY: Reason.IP_BLOCKED,
    ReplyClass.NO_DOMAIN: Reason.RELAY_DENIED,
    ReplyClass.OTHER_TEMPORARY: Reason.SERVER_BUSY,
    ReplyClass.OTHER_PERMANENT: Reason.UNCLEAR_REPLY,
}
# Refusals of us: the next recipient would hear the same.
REFUSALS = {
    ReplyClass.IP_BLOCKED, ReplyClass.RELAY_DENIED, ReplyClass.SENDER_REJECTED, ReplyClass.RATE_LIMITED,
    ReplyClass.TLS_REQUIRED, ReplyClass.NO_DOMAIN,
}  # fmt: skip
# Only these say something of the mailbox that was asked for; the others are about us, or about the moment.
MISSING = {Reason.MAILBOX_NOT_FOUND, Reason.MAILBOX_DISABLED, Reason.MAILBOX_MOVED}
ABOUT_MAILBOX = {*MISSING, Reason.MAILBOX_FULL}
# The mailbox is there, though it will perhaps not take this mail at this moment.
TAKEN = {ReplyClass.ACCEPTED, ReplyClass.FULL, ReplyClass.MAILBOX_RATE_LIMITED}
WORTH_ANOTHER_TRY = {Reason.GREYLISTED, Reason.RATE_LIMITED, Reason.SERVER_BUSY}


def class_of(
    reply: Reply, stage: Stage, address: str = "", *, sender: str = "", host: str = "", takes_utf8: bool = True
) -> ReplyClass:
    """The class of an answer at a stage: banner, helo, mail or rcpt. The `address` itself is not among the words judged
    (somebody may be called "full@..."), which also makes answers of one server alike and quick to judge.

    "No such user" that names our `sender` and not the address is about us. That a mailbox takes too much at present
    proves that it is there only where the `host` is Google's, which says so of no other. A server that does not take
    UTF-8 refuses any address that has it.
    """
    if reply.is_positive and (stage != "rcpt" or is_acceptance(reply.code, reply.enhanced)):
        return ReplyClass.ACCEPTED
    if reply.code >= 500 and not (takes_utf8 or address.isascii()):
        return ReplyClass.OTHER_PERMANENT
    text = reply.text.replace(address, "") if address else reply.text
    kind = classify(reply.code, reply.enhanced, text, stage=stage)
    if reason_of(kind) in MISSING and sender and sender in reply.text and address not in reply.text:
        return ReplyClass.SENDER_REJECTED
    if kind is ReplyClass.MAILBOX_RATE_LIMITED and host and group_of([host])[0] != "google":
        return ReplyClass.OTHER_TEMPORARY
    return kind


def reason_of(kind: ReplyClass) -> Reason:
    """The verdict's reason for a class that is no acceptance."""
    return REASONS.get(kind, Reason.UNCLEAR_REPLY)
