"""What our last verification of a lead's risky address leaves to do: until when its verdict stands, and a likelier spelling."""

from __future__ import annotations

from leads.models import EmailStatus, Lead
from scoring.case import KEPT, SPELLING, Citation


def last_check(lead: Lead) -> dict[str, tuple[Citation, ...]]:
    """KEPT, cited on the day until which asking again says the same, and SPELLING; each only where there is one."""
    if lead.email_status != EmailStatus.RISKY or not lead.email:
        return {}
    checks = lead.email_checks.filter(email=lead.email, verdict__isnull=False)
    check = checks.order_by("-finished_at", "-pk").first()
    found = check.found if check else None
    if not (check and found):
        return {}
    on = found.checked_at or check.created_at
    told = {SPELLING: Citation(found.suggestion, "own_check", on.date(), field=SPELLING)} if found.suggestion else {}
    if found.expires_at:
        told[KEPT] = Citation(lead.get_email_status_display(), "own_check", found.expires_at.date(), field=KEPT)
    return {name: (cited,) for name, cited in told.items()}
