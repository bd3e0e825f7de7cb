"""NeverBounce in the sandbox: single check and account, by the transcribed specification; its errors come with status 200."""

from __future__ import annotations

from typing import Any

from leadengine.sandbox.invented_mail import drawn, verdict_at_last
from leadengine.sandbox.scripted import Ask, Reply, Script

BAD_KEY = "refused-key"
RESULTS = {"valid", "invalid", "disposable", "catchall", "unknown"}


def script(*, credits: int = 500) -> Script:
    """`credits`: the paid ones that the account has left."""
    left, used = [credits], [0]

    def refusal(ask: Ask) -> Reply | None:
        if ask.one("key") in ("", BAD_KEY):
            return failure("auth_failure", "We couldn't authenticate your request")
        return None

    def check(ask: Ask) -> Reply:
        if not ask.one("email"):
            return failure("general_failure", "Missing required parameter 'email'")
        if left[0] <= 0:
            return failure("general_failure", "Insufficient credits to complete this request")
        left[0], used[0] = left[0] - 1, used[0] + 1
        meters = {"credits_info": _meters(1, left[0])} if ask.one("credits_info") == "1" else {}
        result = _result(ask.one("email"))
        flags = [] if result == "invalid" else ["has_dns", "has_dns_mx", "smtp_connectable"]
        answer = {"status": "success", "result": result, "flags": flags, "suggested_correction": ""}
        return Reply({**answer, **meters, "execution_time": 499})

    def account(_ask: Ask) -> Reply:
        jobs = {"completed": 0, "under_review": 0, "queued": 0, "processing": 0}
        meters = {"credits_info": _meters(used[0], left[0])}
        return Reply({"status": "success", **meters, "job_counts": jobs, "execution_time": 896})

    return Script((("GET", "/single/check", check), ("GET", "/account/info", account)), refusal)


def failure(status: str, message: str) -> Reply:
    return Reply({"status": status, "message": message, "execution_time": 5})


def _meters(used: int, left: int) -> dict[str, Any]:
    counts = {"paid_credits_used": used, "free_credits_used": 0}
    return counts | {"paid_credits_remaining": left, "free_credits_remaining": 0}


def _result(email: str) -> str:
    """By what stands before the @, else it knows half of what a mail server does not tell."""
    local, said = email.partition("@")[0], verdict_at_last(email)
    if local in RESULTS:
        return local
    if said in ("deliverable", "undeliverable"):
        return "valid" if said == "deliverable" else "invalid"
    if drawn(f"neverbounce {email}") < 50:
        return "valid"
    return "catchall" if said == "risky" else "unknown"
