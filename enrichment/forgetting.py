"""Forgets what verification keeps about a person: requests with their transcripts, and the mailbox in the memory."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from enrichment import kept_opinions
from enrichment.checks.email import check_syntax
from enrichment.models import EmailCheck
from enrichment.phone_lines import forget_lines, numbers_of
from enrichment.remembering import forget_mailbox
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
    forget_lines(lead.workspace_id, _numbers_of(lead))
    return sum(map(forget_mailbox, mailboxes)) + checks.filter(own | Q(email__in=known)).delete()[0]


def _numbers_of(lead: Lead) -> set[str]:
    """Every number that is known of the person, read as it may have been where it was asked about."""
    told = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field__in=("phone", "country"))
    values: dict[str, set[str]] = {"phone": {lead.phone}, "country": set()}
    for field, value in told.values_list("field", "value"):
        values[field].add(value)
    company = lead.company.country if lead.company else ""
    countries = (lead.country, company, *sorted(values["country"]))
    return {number for each in filter(None, values["phone"]) for number in numbers_of(each, countries)}
