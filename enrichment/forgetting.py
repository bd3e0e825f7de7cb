"""Forgets what verification keeps about a person: requests with their transcripts, and the mailbox in the memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from enrichment import kept_opinions
from enrichment.checks.email import check_syntax
from enrichment.models import EmailCheck, Lookup
from enrichment.phone_lines import KINDS, numbers_of
from enrichment.remembering import forget_mailbox
from leads.models import Evidence, Lead


def forget_person(lead: Lead, *, addresses: Iterable[str] = ()) -> int:
    """To be called where the lead is erased, inside that transaction and before its e-mail address is emptied.

    `addresses` are further ones that the person had. Answers how many rows were erased; may be repeated.
    """
    known = _emails_of(lead, addresses)
    for kind, texts in _asked_about(lead, known).items():
        kept_opinions.forget(lead.workspace_id, kind, texts)
    checks = EmailCheck.objects.of(lead.workspace_id).filter(Q(lead=lead) | Q(email__in=known))
    lookups = Lookup.objects.of(lead.workspace_id).filter(lead=lead)
    return sum(map(forget_mailbox, _mailboxes(known))) + checks.delete()[0] + lookups.delete()[0]


def told_of_person(lead: Lead, *, addresses: Iterable[str] = ()) -> list[dict[str, Any]]:
    """What providers answered about the person's addresses and numbers, to be handed over; `addresses` as above."""
    asked = _asked_about(lead, _emails_of(lead, addresses))
    return [row for kind, texts in asked.items() for row in kept_opinions.told(lead.workspace_id, kind, texts)]


def _asked_about(lead: Lead, emails: Iterable[str]) -> dict[str, set[str]]:
    """By kind: the addresses and numbers in the form in which they are asked about."""
    return {"mailbox": _mailboxes(emails)} | dict.fromkeys(KINDS, _numbers_of(lead))


def _mailboxes(emails: Iterable[str]) -> set[str]:
    return {check_syntax(email).normalized for email in emails} - {""}


def _emails_of(lead: Lead, addresses: Iterable[str]) -> set[str]:
    checked = EmailCheck.objects.of(lead.workspace_id).filter(lead=lead).values_list("email", flat=True)
    return {lead.email, *addresses, *checked} - {""}


def _numbers_of(lead: Lead) -> set[str]:
    """Every number that is known of the person, read as it may have been where it was asked about."""
    told = Evidence.objects.of(lead.workspace_id).filter(lead=lead, field__in=("phone", "country"))
    values: dict[str, set[str]] = {"phone": {lead.phone}, "country": set()}
    for field, value in told.values_list("field", "value"):
        values[field].add(value)
    company = lead.company.country if lead.company else ""
    countries = (lead.country, company, *sorted(values["country"]))
    return {number for each in filter(None, values["phone"]) for number in numbers_of(each, countries)}
