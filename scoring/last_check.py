"""What our last verification of a lead's risky address leaves to do: until when its verdict stands, and a likelier spelling."""

from __future__ import annotations

from datetime import datetime

from leadengine.leased import LeaseState
from leads.models import EmailStatus, Lead
from scoring.case import KEPT, SPELLING, Citation

UNCLEAR = (EmailStatus.RISKY, EmailStatus.UNKNOWN)


def last_check(lead: Lead, *, now: datetime) -> dict[str, tuple[Citation, ...]]:
    """KEPT, cited on the day until which asking again says the same, and SPELLING; each only where there is one.

    The last of the workspace, of whichever lead: who shares the address is told the same. Where that is clear, asking
    brings it at once, and nothing is held back.
    """
    if lead.email_status != EmailStatus.RISKY or not lead.email:
        return {}
    checks = lead.email_checks.model.objects.of(lead.workspace_id)
    done = checks.filter(email=lead.email, state=LeaseState.DONE, verdict__isnull=False)
    check = done.order_by("-finished_at", "-pk").first()
    found = check.found if check else None
    if not (check and found):
        return {}
    on = found.checked_at or check.created_at
    told = {SPELLING: Citation(found.suggestion, "own_check", on.date(), field=SPELLING)} if found.suggestion else {}
    if found.status in UNCLEAR and found.expires_at and found.expires_at > now:
        told[KEPT] = Citation(lead.get_email_status_display(), "own_check", found.expires_at.date(), field=KEPT)
    return {name: (cited,) for name, cited in told.items()}
