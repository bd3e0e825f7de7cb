"""Forgets what verification keeps about a person: requests with their transcripts, and the mailbox in the memory."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from enrichment import kept_opinions
from enrichment.checks.email import check_syntax
from enrichment.models import EmailCheck
from enrichment.phone_lines import KINDS
from enrichment.remembering import forget_mailbox
from leads.identity import phone_key
from leads.models import Evidence, Lead


def forget_person(lead: Lead, *, addresses: Iterable[str] = ()) -> int:
    """To be called where the lead is erased, inside that transaction and before its e-mail address is emptied.

    `addresses` are further ones that the person had. Answers how many rows were erased; may be repeated.
    """
    own = Q(lead=lead)
    checks = EmailCheck.objects.of(lead.workspace_id)
    known = {lead.email, *addresses, *checks.filter(own).values_list("email", flat=True)} - {""}
    mailboxes = {check_syntax(email).normalized for email in known} - {""}
    kept_opinions.forget(lead.workspace_id, "mailbox", mailboxes)
    for kind in KINDS:
        kept_opinions.forget(lead.workspace_id, kind, _numbers_of(lead))
    return sum(map(forget_mailbox, mailboxes)) + checks.filter(own | Q(email__in=known)).delete()[0]


def _numbers_of(lead: Lead) -> set[str]:
    """Every number that is known of the person, in the form in which it is asked about."""
    told = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field="phone").values_list("value", flat=True)
    return {phone_key(each, lead.country) for each in {lead.phone, *told} if each} - {""}
