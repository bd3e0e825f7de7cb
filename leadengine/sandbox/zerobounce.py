"""ZeroBounce in the sandbox: validate and getcredits, by the transcribed specification and the fixtures of its own client."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.invented_mail import drawn, verdict_at_last
from leadengine.sandbox.scripted import Ask, Reply, Script

BAD_KEY = "refused-key"
REFUSED = {"error": "Invalid API key or your account ran out of credits"}
WORDS = {  # by what stands before the @ of an address: (status, sub_status), as the provider's own test addresses do
    "valid": ("valid", ""),
    "invalid": ("invalid", "mailbox_not_found"),
    "catch-all": ("catch-all", ""),
    "unknown": ("unknown", "mail_server_did_not_respond"),
    "spamtrap": ("spamtrap", ""),
    "abuse": ("abuse", ""),
    "toxic": ("do_not_mail", "toxic"),
}


def script(*, credits: int = 1240) -> Script:
    """`credits`: what the account has left."""
    left = [credits]

    def is_refused(ask: Ask) -> bool:
        return ask.one("api_key") in ("", BAD_KEY)

    def validate(ask: Ask) -> Reply:
        if is_refused(ask) or left[0] <= 0:
            return Reply(REFUSED)
        answer = _answer(ask.one("email"))
        left[0] -= answer["status"] != "unknown"
        return Reply(answer)

    def credits_left(ask: Ask) -> Reply:
        return Reply({"Credits": "-1" if is_refused(ask) else str(left[0])})

    return Script((("GET", "/validate", validate), ("GET", "/getcredits", credits_left)))


def _answer(email: str) -> dict[str, Any]:
    local, _, domain = email.partition("@")
    status, more = WORDS.get(local) or _drawn(email)
    return {
        "address": email,
        "status": status,
        "sub_status": more,
        "free_email": False,
        "did_you_mean": None,
        "account": local,
        "domain": domain,
        "domain_age_days": "8426",
        "smtp_provider": None,
        "mx_found": "true",
        "mx_record": f"mx.{domain}",
        "catchall_domain": None,
        "firstname": None,
        "lastname": None,
        "gender": None,
        "country": None,
        "region": None,
        "city": None,
        "zipcode": None,
        "processed_at": "2026-04-01 02:48:02.592",
    }


def _drawn(email: str) -> tuple[str, str]:
    """It knows some mailboxes of domains that take anybody or refuse us; of the others it says what a mail server says."""
    said, chance = verdict_at_last(email), drawn(f"zerobounce {email}")
    if said in ("deliverable", "undeliverable"):
        return WORDS["valid" if said == "deliverable" else "invalid"]
    if chance < 45:
        return WORDS["valid"]
    if chance < 60:
        return WORDS["invalid"]
    return WORDS["catch-all" if said == "risky" else "unknown"]
