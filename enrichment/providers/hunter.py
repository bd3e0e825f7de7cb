"""Hunter's verifier: whether an address takes mail, one a question; an answer that it is still working on is fetched later."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from enrichment.providers.contract import EmailChecker, Opinion, StillChecking
from enrichment.verdict import STATUS_OF, Reason
from leadengine.gating import Limit
from leadengine.http import Answer, Unanswered
from leadengine.outcomes import Dialect, Outcome
from leads.sources.connector import KeyTest, text
from leads.sources.door import Door
from leads.sources.email_providers.hunter import Hunter, fault_in, said

STILL, SMTP_FAILED, RESTRICTED = 202, 222, 451
COST = Decimal("0.5")  # an answer; one to come, or none, costs nothing, and a repeat in the billing month neither
STATUSES: dict[str, Reason] = {
    "valid": Reason.VERIFIER_CONFIRMED,
    "invalid": Reason.VERIFIER_DENIED,
    "accept_all": Reason.ACCEPT_ALL,
    "webmail": Reason.PROVIDER_UNVERIFIABLE,  # it does not ask those whose mailboxes are anybody's
    "disposable": Reason.DISPOSABLE,
    "unknown": Reason.UNCLEAR_REPLY,
}
NUMBERS = Dialect(statuses={STILL: Outcome.OK, SMTP_FAILED: Outcome.OK}, fault_in=fault_in, said=said)
SHARED = "Hunter is still checking; asked again, it charges once."


class HunterVerifier(EmailChecker):
    """`/email-verifier`, with the key that finds leads at Hunter, too."""

    provider: ClassVar[str] = Hunter.provider
    title: ClassVar[str] = Hunter.title
    base_url = Hunter.base_url
    at_most: ClassVar[Decimal] = Decimal(0)  # a repeat is free in a billing month
    key_page: ClassVar[str] = Hunter.key_page
    limits: ClassVar[tuple[Limit, ...]] = (Limit(10, 1.0), Limit(300, 60.0))
    dialect: ClassVar[Dialect] = NUMBERS
    cost: ClassVar[str] = "0.5 Hunter credits an address"
    reach: ClassVar[str] = "A second opinion on addresses that our own check leaves risky or unknown"

    def credentials(self, key: str) -> dict[str, str]:
        return Hunter().credentials(key)

    def ask(self, door: Door, email: str) -> Opinion:
        return opinion_of(door.get("/email-verifier", {"email": email}, is_repeatable=False, hidden=(email,)))

    def ask_test(self, door: Door) -> KeyTest:
        return Hunter().ask_test(door)


def opinion_of(answer: Answer) -> Opinion:
    """Its answer in our terms. Raises StillChecking, or Unanswered for one that cannot be read.

    >>> opinion_of(Answer(Outcome.OK, 200, {"data": {"status": "webmail", "webmail": True}}, {})).status
    'risky'
    """
    if answer.status == STILL:
        raise StillChecking(SHARED)
    if answer.status in (SMTP_FAILED, RESTRICTED) or not answer.is_match:
        more = {SMTP_FAILED: "smtp_failed", RESTRICTED: "restricted"}.get(answer.status, "not_known")
        reason = Reason.UNCLEAR_REPLY if answer.status == SMTP_FAILED else Reason.NOT_CHECKED
        return Opinion(status=STATUS_OF[reason], reason=reason, said="unknown", more=more)
    data = answer.data.get("data") if isinstance(answer.data, dict) else None
    if not isinstance(data, dict) or not text(data.get("status")):
        raise Unanswered(Outcome.GARBLED, "Hunter sent an answer that could not be read.")
    reason = _reason(data)
    flags = {"free": data.get("webmail") is True, "disposable": data.get("disposable") is True}
    flags |= {"catch_all": reason == Reason.ACCEPT_ALL}
    return Opinion(
        status=STATUS_OF[reason],
        reason=reason,
        said=text(data["status"])[:40],
        flags=frozenset(name for name, holds in flags.items() if holds),
        credits=COST,
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    """By its status; of an invalid one it says what is wrong with it, of an unknown one that the server turned it away."""
    reason = STATUSES.get(text(data["status"]), Reason.UNCLEAR_REPLY)
    if reason == Reason.VERIFIER_DENIED and data.get("regexp") is False:
        return Reason.SYNTAX_INVALID
    if reason == Reason.VERIFIER_DENIED and data.get("mx_records") is False:
        return Reason.NO_MAIL_ROUTE
    return Reason.IP_BLOCKED if reason == Reason.UNCLEAR_REPLY and data.get("block") is True else reason
