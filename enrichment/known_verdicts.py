"""What a workspace's verifications say of an address, and the columns of a lead that tell it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from enrichment.models import EmailCheck
from enrichment.verdict import EmailVerdict
from leadengine.leased import LeaseState
from leads.models import Lead

COLUMNS = ("email_status", "email_reason", "email_flags", "email_checked_at")


def latest_check(lead: Lead) -> EmailCheck | None:
    """The last verification of the lead's address as it is now, open or not; one that was of another address is none."""
    checks = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead, email=lead.email)
    return checks.select_related("by").order_by("-created_at", "-pk").first()


def good_verdict(workspace_id: int, email: str, *, now: datetime) -> EmailVerdict | None:
    """The workspace's last verdict on the address, of whichever lead, if it has not expired."""
    done = EmailCheck.objects.of(workspace_id).filter(email=email, state=LeaseState.DONE)
    last = done.order_by("-finished_at", "-pk").first()
    found = last.found if last else None
    is_good = found and found.expires_at and found.expires_at > now and not (found.retry_at and found.retry_at <= now)
    return found if is_good else None


def columns_of(verdict: EmailVerdict, *, now: datetime) -> dict[str, Any]:
    """What of a verdict stands on the lead."""
    return {
        "email_status": verdict.status,
        "email_reason": str(verdict.reason),
        "email_flags": ",".join(sorted(verdict.flags))[:120],
        "email_checked_at": verdict.checked_at or now,
    }
