"""What a workspace knows of its leads' addresses apart from mail servers: built like colleagues' ones, seen on the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from enrichment.finding.knowledge import is_pattern_confirmed
from enrichment.finding.patterns import Known, Person
from leads.identity import domain_key
from leads.models import EmailStatus, Evidence, Lead


def facts_of_addresses(workspace_id: int, lead_ids: Collection[UUID]) -> dict[str, frozenset[str]]:
    """Facts that move the score (enrichment/verifying/weighing.py), by address; three queries for any number of leads."""
    leads = list(Lead.objects.of(workspace_id).living().filter(pk__in=lead_ids).exclude(email=""))
    known, seen = known_addresses(workspace_id, leads), _seen_on_site(workspace_id, leads)
    found: dict[str, frozenset[str]] = {}
    for lead in leads:
        facts = {"pattern_confirmed": _is_patterned(lead, known), "seen_on_site": lead.email in seen}
        found[lead.email] = frozenset(fact for fact, holds in facts.items() if holds)
    return found


def known_addresses(workspace_id: int, leads: Collection[Lead]) -> Mapping[str, list[Known]]:
    """Addresses by domain that a mail server confirmed, of the companies of these leads."""
    companies = {lead.company_id for lead in leads if lead.company_id}
    confirmed = (
        Lead.objects.of(workspace_id).living().filter(company__in=companies, email_status=EmailStatus.DELIVERABLE)
    )
    found: dict[str, list[Known]] = defaultdict(list)
    for first, last, email in confirmed.values_list("first_name", "last_name", "email"):
        local, _, domain = email.lower().rpartition("@")
        found[domain].append(Known(Person(first, last), local))
    return found


def _is_patterned(lead: Lead, known: Mapping[str, list[Known]]) -> bool:
    local, _, domain = lead.email.lower().rpartition("@")
    person = Person(lead.first_name, lead.last_name)
    return is_pattern_confirmed(known.get(domain, ()), person, local, country=domain.rpartition(".")[2])


def _seen_on_site(workspace_id: int, leads: Collection[Lead]) -> set[str]:
    """Addresses that stand on a page of their own domain's site."""
    noted = (
        Evidence.objects.of(workspace_id).filter(lead__in=[lead.pk for lead in leads], field="email").exclude(url="")
    )
    pairs = noted.values_list("value", "url")
    return {
        email for email, url in pairs if domain_key(url) and domain_key(url) == domain_key(email.rpartition("@")[2])
    }
