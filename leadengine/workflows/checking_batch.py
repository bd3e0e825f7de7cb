"""Asks for the domains of a batch's e-mail addresses before it is judged; those of the sample are answered by the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from enrichment.batch_checks import BatchChecks, check_batch
from enrichment.sandboxed import check_invented
from leadengine.sandbox.invented_mail import is_invented
from leads.candidate import Candidate
from leads.models import Run


def checks_of(candidates: Sequence[Candidate], run: Run, *, now: datetime) -> BatchChecks:
    """What is known of the addresses of these, by address. Call it outside any transaction: it waits for name servers.

    Invented addresses of the sample never reach a server of the world.
    """
    emails = {each.email for each in candidates if each.email}
    invented = {email for email in emails if is_invented(email)} if run.workspace.is_sample else set()
    found = check_invented(invented, now=now) if settings.SANDBOX else {}
    if not settings.CHECK_DOMAINS:
        return BatchChecks(found)
    asked = check_batch(emails - invented, now=now)
    return BatchChecks({**asked.verdicts, **found}, is_cut_off=asked.is_cut_off)
