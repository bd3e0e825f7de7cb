"""Takes the likelier spelling of an address: a person's edit, that can be put back as any choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from enrichment.checks.email import check_syntax
from enrichment.known_verdicts import latest_check
from enrichment.models import EmailCheck
from enrichment.verdict import Reason
from leadengine.workflows.picking import NotPickable, Picked, pick
from leads.models import Authority, Evidence, Lead

SOURCE = "verification"
UNSURE = 0.5


# Of an address that was left out: no mail gets there, so that another one may have been meant.
TAKES_NO_MAIL = {Reason.SYNTAX_INVALID, Reason.DOMAIN_NOT_FOUND, Reason.NULL_MX, Reason.NO_MAIL_ROUTE}


def likelier_spelling(lead: Lead, check: EmailCheck | None) -> str:
    """What the last verification of the address suggested. Before one, what somebody may have mistyped, where the domain
    as it stands names no mail server: of the lead's address, or of the one that a source gave and that was left out.
    """
    if check and check.found:
        return check.found.suggestion
    if lead.email:
        return check_syntax(lead.email).suggestion if "implicit_mx" in lead.email_flags.split(",") else ""
    given = _given(lead).first() if lead.email_reason in TAKES_NO_MAIL else None
    return check_syntax(given.value).suggestion if given else ""


@transaction.atomic
def correct_email(lead: Lead, *, by: Any, now: datetime) -> Picked:
    """Use the likelier spelling of the lead's address, or of the one that was left out. Raises NotPickable."""
    meant = likelier_spelling(lead, latest_check(lead))
    if not meant:
        raise NotPickable("There is no other spelling to use any more; the address was changed meanwhile.")
    was_left_out = not lead.email
    if not _given(lead).exists():
        _save(lead, lead.email, lead.source, now, is_current=True)
    picked = pick(lead, _save(lead, meant, SOURCE, now, is_current=False), by=by, now=now)
    return replace(picked, before=None) if was_left_out else picked


def _given(lead: Lead) -> QuerySet[Evidence]:
    """Whatever the address that stands, or was left out, is from."""
    return Evidence.objects.of(lead.workspace_id).filter(lead=lead, field="email", is_current=True).order_by("pk")


def _save(lead: Lead, email: str, source: str, now: datetime, *, is_current: bool) -> Evidence:
    return Evidence.objects.create(
        workspace_id=lead.workspace_id, lead=lead, field="email", value=email, source=source, confidence=UNSURE,
        authority=Authority.GUESS, observed_at=now, is_current=is_current,
    )  # fmt: skip
