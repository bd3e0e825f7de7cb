"""NeverBounce: whether an address takes mail; single addresses only, because it wants lists as jobs of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from enrichment.providers.contract import EmailChecker, Opinion, credits_in
from enrichment.verdict import STATUS_OF, Reason
from leadengine.gating import Limit
from leadengine.http import Unanswered
from leadengine.outcomes import Dialect, Outcome
from leads.sources.connector import KeyTest, text
from leads.sources.door import Door

RESULTS: dict[str, Reason] = {
    "valid": Reason.VERIFIER_CONFIRMED,
    "invalid": Reason.VERIFIER_DENIED,
    "disposable": Reason.DISPOSABLE,
    "catchall": Reason.ACCEPT_ALL,
    "unknown": Reason.UNCLEAR_REPLY,
}
FAULTS = {
    "auth_failure": Outcome.KEY_REFUSED,
    "bad_referrer": Outcome.KEY_REFUSED,
    "temp_unavail": Outcome.UNAVAILABLE,
    "throttle_triggered": Outcome.RATE_LIMITED,
    "general_failure": Outcome.BAD_REQUEST,
}
FLAGS = {"role_account": "role", "free_email_host": "free", "disposable_email": "disposable"}
SECONDS = 8  # for which it may try; ours end after ten


def fault_in(_status: int, data: Any) -> Outcome | None:
    """Errors come with status 200, and say in `status` that they are none of "success"; credits only in words."""
    said = data.get("status") if isinstance(data, dict) else None
    if said == "success" or said is None:
        return None
    if said == "general_failure" and "credit" in said_in(data).lower():
        return Outcome.OUT_OF_CREDITS
    return FAULTS.get(str(said), Outcome.BAD_REQUEST)


def said_in(data: Any) -> str:
    return str(data.get("message") or "") if isinstance(data, dict) else ""


class NeverBounce(EmailChecker):
    """`/single/check`. Asked for a list one by one it can lock the account, so it is asked of single orders only, and slowly."""

    provider: ClassVar[str] = "neverbounce"
    title: ClassVar[str] = "NeverBounce"
    base_url = "https://api.neverbounce.com/v4.2"
    key_page: ClassVar[str] = "https://app.neverbounce.com/apps"
    limits: ClassVar[tuple[Limit, ...]] = (Limit(30, 60.0), Limit(500, 86_400.0))
    dialect: ClassVar[Dialect] = Dialect(fault_in=fault_in, said=said_in)
    cost: ClassVar[str] = "1 NeverBounce credit an address"
    reach: ClassVar[str] = (
        "A second opinion on single addresses that our own check leaves risky or unknown; never on lists"
    )
    takes_lists: ClassVar[bool] = False

    def parameters(self, key: str) -> dict[str, str]:
        return {"key": key}

    def ask(self, door: Door, email: str) -> Opinion:
        query = {"email": email, "credits_info": 1, "timeout": SECONDS}
        return opinion_of(door.get("/single/check", query, is_repeatable=False, hidden=(email,)).data)

    def ask_test(self, door: Door) -> KeyTest:
        meters = door.get("/account/info").data["credits_info"]
        return self.credits_left(meters.get("paid_credits_remaining"), meters.get("free_credits_remaining"))


def opinion_of(data: Any) -> Opinion:
    """Its answer in our terms; a result that it did not have when this was written is "unknown".

    >>> opinion_of({"status": "success", "result": "catchall", "flags": []}).reason
    <Reason.ACCEPT_ALL: 'accept_all'>
    """
    said = text(data.get("result"))
    if not said:
        raise Unanswered(Outcome.GARBLED, "NeverBounce sent an answer that could not be read.")
    reason = RESULTS.get(said, Reason.UNCLEAR_REPLY)
    flags = {FLAGS[each] for each in data.get("flags") or () if each in FLAGS}
    flags |= {"disposable"} if reason == Reason.DISPOSABLE else {"catch_all"} if reason == Reason.ACCEPT_ALL else set()
    return Opinion(
        status=STATUS_OF[reason],
        reason=reason,
        said=said[:40],
        flags=frozenset(flags),
        suggestion=text(data.get("suggested_correction")),
        credits=_used(data.get("credits_info")),
    )


def _used(meters: Any) -> Decimal:
    """What it says that this answer cost; one where it says nothing, or nothing that can be."""
    told = [meters.get("paid_credits_used"), meters.get("free_credits_used")] if isinstance(meters, dict) else ["?"]
    used = credits_in(told)
    return Decimal(1) if used is None else used
