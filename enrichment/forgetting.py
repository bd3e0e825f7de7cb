"""Forgets what verification keeps about a person: requests with their transcripts, and the mailbox in the memory."""

from __future__ import annotations

from collections.abc import Iterable

from enrichment.checks.email import check_syntax
from enrichment.models import EmailCheck
from enrichment.remembering import forget_mailbox
from leads.models import Lead


def forget_person(lead: Lead, *, addresses: Iterable[str] = ()) -> int:
    """To be called where the lead is erased, inside that transaction and before its e-mail address is emptied.

    `addresses` are further ones that the person had. Answers how many rows were erased; may be repeated.
    """
    checks = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead)
    known = {lead.email, *addresses, *checks.values_list("email", flat=True)} - {""}
    mailboxes = {check_syntax(email).normalized for email in known} - {""}
    return sum(map(forget_mailbox, mailboxes)) + checks.delete()[0]
