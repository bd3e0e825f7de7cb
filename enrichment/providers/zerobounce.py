"""ZeroBounce: whether an address takes mail, one address a question; what it does not know is free."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from enrichment.providers.contract import EmailChecker, Opinion
from enrichment.verdict import STATUS_OF, Reason
from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome
from leads.sources.connector import KeyTest, text
from leads.sources.door import Door

# Its status alone; where its sub-status tells more, MORE or UNKNOWN does.
STATUSES: dict[str, Reason] = {
    "valid": Reason.VERIFIER_CONFIRMED,
    "invalid": Reason.VERIFIER_DENIED,
    "catch-all": Reason.ACCEPT_ALL,
    "spamtrap": Reason.SPAMTRAP_SUSPECTED,
    "abuse": Reason.DO_NOT_MAIL,
    "do_not_mail": Reason.DO_NOT_MAIL,
}
MORE: dict[str, Reason] = {
    "accept_all": Reason.ACCEPT_ALL,  # of a "valid" address, too: whoever takes all tells nothing of this one
    "role_based_accept_all": Reason.ACCEPT_ALL,
    "role_based_catch_all": Reason.ACCEPT_ALL,
    "disposable": Reason.DISPOSABLE,
    "possible_trap": Reason.SPAMTRAP_SUSPECTED,
    "possible_typo": Reason.TYPO_SUSPECTED,
    "mailbox_quota_exceeded": Reason.MAILBOX_FULL,
    "mailbox_not_found": Reason.MAILBOX_NOT_FOUND,
    "no_dns_entries": Reason.NO_MAIL_ROUTE,
    "does_not_accept_mail": Reason.NULL_MX,
    "failed_syntax_check": Reason.SYNTAX_INVALID,
    "unroutable_ip_address": Reason.UNSAFE_ADDRESS,
}
UNKNOWN: dict[str, Reason] = {
    "greylisted": Reason.GREYLISTED,
    "antispam_system": Reason.IP_BLOCKED,
    "blocked": Reason.IP_BLOCKED,
    "mail_server_temporary_error": Reason.SERVER_BUSY,
    "forcible_disconnect": Reason.DISCONNECTED,
    "mail_server_did_not_respond": Reason.SMTP_TIMEOUT,
    "timeout_exceeded": Reason.SMTP_TIMEOUT,
    "failed_smtp_connection": Reason.CONNECT_TIMEOUT,
    "exception_occurred": Reason.DNS_SERVFAIL,
}
SECONDS = 8  # for which it may try; ours end after ten


def fault_in(_status: int, data: Any) -> Outcome | None:
    """Errors inside the 200: one sentence names a bad key and used-up credits together, "-1" credits a bad key alone."""
    if not isinstance(data, dict) or not (data.get("error") or data.get("Credits") == "-1"):
        return None
    if data.get("Credits") == "-1":
        return Outcome.KEY_REFUSED
    return Outcome.OUT_OF_CREDITS if "credits" in said_in(data).lower() else Outcome.BAD_REQUEST


def said_in(data: Any) -> str:
    return str(data.get("error") or "") if isinstance(data, dict) else ""


class ZeroBounce(EmailChecker):
    """`/validate` for one address; its limits are wide, its blocks for wrong keys are not, so a refusal ends the asking."""

    provider: ClassVar[str] = "zerobounce"
    title: ClassVar[str] = "ZeroBounce"
    base_url = "https://api.zerobounce.net/v2"
    key_page: ClassVar[str] = "https://www.zerobounce.net/members/API"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(100, 1.0),)
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=said_in)
    cost: ClassVar[str] = "1 ZeroBounce credit an address; what it does not know is free"
    reach: ClassVar[str] = "A second opinion on addresses that our own check leaves risky or unknown"

    def parameters(self, key: str) -> dict[str, str]:
        return {"api_key": key}

    def ask(self, door: Door, email: str) -> Opinion:
        try:
            answer = door.get("/validate", {"email": email, "timeout": SECONDS}, is_repeatable=False, hidden=(email,))
        except Unanswered as error:
            if error.outcome == Outcome.OUT_OF_CREDITS:
                door.get("/getcredits")  # says which of the two it was
            raise
        return opinion_of(answer.data)

    def ask_test(self, door: Door) -> KeyTest:
        return self.credits_left(text(door.get("/getcredits").data["Credits"]))


def opinion_of(data: Any) -> Opinion:
    """Its answer in our terms; a word that it did not have when this was written is "unknown".

    >>> opinion_of({"status": "catch-all", "sub_status": ""}).status
    'risky'
    """
    said, more = text(data.get("status")), text(data.get("sub_status"))
    base = STATUSES.get(said)
    reason = MORE.get(more, base) if base else UNKNOWN.get(more, Reason.UNCLEAR_REPLY)
    flags = {"role": more.startswith("role_based"), "free": data.get("free_email") is True}
    flags |= {"disposable": reason == Reason.DISPOSABLE, "catch_all": reason == Reason.ACCEPT_ALL}
    return Opinion(
        status=STATUS_OF[reason],
        reason=reason,
        said=said[:40],
        more=more[:40],
        flags=frozenset(name for name, holds in flags.items() if holds),
        suggestion=text(data.get("did_you_mean")),
        credits=Decimal(1 if base else 0),
    )
