"""What a workspace's verifications say of an address, and the columns of a lead that tell it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from enrichment.models import EmailCheck
from enrichment.verdict import ABOUT_US, EmailVerdict
from leadengine.leased import LeaseState
from leads.models import Lead

COLUMNS = ("email_status", "email_reason", "email_flags", "email_score", "email_checked_at")


def latest_check(lead: Lead) -> EmailCheck | None:
    """The last verification of the lead's address as it is now, open or not; one that was of another address is none."""
    checks = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead, email=lead.email)
    return checks.select_related("by").order_by("-created_at", "-pk").first()


def good_verdict(workspace_id: int, email: str, *, now: datetime) -> EmailVerdict | None:
    """The workspace's last verdict on the address, of whichever lead, if it has not expired."""
    return good_verdicts(workspace_id, [email], now=now).get(email)


def good_verdicts(workspace_id: int, emails: Collection[str], *, now: datetime) -> dict[str, EmailVerdict]:
    """The same for many addresses; those without one are left out. One query."""
    done = EmailCheck.objects.of(workspace_id).filter(email__in=emails, state=LeaseState.DONE)
    last = done.order_by("email", "-finished_at", "-pk").distinct("email")
    found = {check.email: check.found for check in last if check.found}
    return {email: verdict for email, verdict in found.items() if (end := end_of(verdict)) and end > now}


def end_of(verdict: EmailVerdict) -> datetime | None:
    """Until when it is no use to ask again; None where it may be asked at any time."""
    return None if verdict.reason in ABOUT_US else verdict.retry_at or verdict.expires_at


def columns_of(verdict: EmailVerdict, *, now: datetime) -> dict[str, Any]:
    """What of a verdict stands on the lead."""
    return {
        "email_status": verdict.status,
        "email_reason": str(verdict.reason),
        "email_flags": ",".join(sorted(verdict.flags))[:120],
        "email_score": verdict.measured,
        "email_checked_at": verdict.checked_at or now,
    }
