"""Leads as rows of a file, without those who must not be contacted: for spreadsheets, or for another system's import."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F

from leadengine.csv_writing import Cell, Plain
from leads.bounces import email_standing
from leads.candidate import Candidate, CompanyFacts
from leads.known import identities_of
from leads.listing import rows
from leads.models import Lead
from leads.models.lead import LeadQuerySet
from leads.opting_out import PROFILE
from leads.suppressing import Digest, digests, suppressed
from leads.vocabulary import industries, places, titles

CHUNK = 2_000
Values = Mapping[str, Callable[[Lead], Cell]]
_E164 = re.compile(r"\+\d{7,15}")


@dataclass(slots=True)
class Tally:
    """How many leads went into the file, and how many were left out because they must not be contacted."""

    exported: int = 0
    left_out: int = 0


def lines_of(leads: LeadQuerySet, columns: Values, tally: Tally) -> Iterator[list[Cell]]:
    """One row for each lead, the best first; `tally` counts while they are read."""
    for lead in _allowed(leads, tally):
        tally.exported += 1
        yield [value(lead) for value in columns.values()]


def count_blocked(leads: LeadQuerySet) -> int:
    """How many are marked “do not contact”. The suppression list is asked again when the file is written."""
    return leads.filter(do_not_contact=True).count()


def _allowed(leads: LeadQuerySet, tally: Tally) -> Iterator[Lead]:
    found = rows(leads).order_by(F("score__total").desc(nulls_last=True), "pk").iterator(CHUNK)
    while chunk := list(islice(found, CHUNK)):
        listed = suppressed(chunk[0].workspace_id, _digests(chunk))
        kept = [lead for place, lead in enumerate(chunk) if place not in listed and not lead.do_not_contact]
        tally.left_out += len(chunk) - len(kept)
        yield from kept


def _digests(leads: Sequence[Lead]) -> list[set[Digest]]:
    """Of each lead, by all that is known to identify the person and not only by what it shows. One query."""
    known = identities_of(lead.pk for lead in leads)
    return [digests([_candidate(lead)], [(each.kind, each.value) for each in known[lead.pk]]) for lead in leads]


def _candidate(lead: Lead) -> Candidate:
    """What of a lead the suppression list is asked about."""
    company = CompanyFacts(domain=lead.company.domain, country=lead.company.country) if lead.company else CompanyFacts()
    profile = PROFILE + lead.linkedin_slug if lead.linkedin_slug else ""
    return Candidate(
        lead.source,
        str(lead.pk),
        email=lead.email,
        phone=lead.phone,
        linkedin_url=profile,
        country=lead.country,
        company=company,
    )


def _of_company(name: str) -> Callable[[Lead], Cell]:
    return lambda lead: getattr(lead.company, name) if lead.company else ""


def _employees(lead: Lead) -> Cell:
    low, high = (lead.company.employees_min, lead.company.employees_max) if lead.company else (None, None)
    return str(low) if low == high and low is not None else f"{low or ''}-{high or ''}".strip("-")


def _industry(lead: Lead) -> Cell:
    return industries.label(lead.company.industry) if lead.company and lead.company.industry else ""


def _country(code: str) -> str:
    return places.COUNTRIES[code].name if code in places.COUNTRIES else code


def _phone(lead: Lead) -> Cell:
    """As a machine reads it: without an apostrophe, and only where it is nothing but a number."""
    return Plain(lead.phone) if _E164.fullmatch(lead.phone) else lead.phone


def _email_check(lead: Lead) -> Cell:
    """What pages say of the address: what came back is undeliverable, whatever a check said before."""
    return str(email_standing(lead).label) if lead.email else ""


def _score(name: str) -> Callable[[Lead], Cell]:
    return lambda lead: getattr(lead.score, name) if hasattr(lead, "score") else ""


def _tags(lead: Any) -> Cell:
    return ", ".join(lead.tag_names)


SPREADSHEET: Values = {
    "Company": _of_company("name"),
    "Website": _of_company("domain"),
    "Industry": _industry,
    "Employees": _employees,
    "Name": lambda lead: lead.full_name,
    "Title": lambda lead: lead.title,
    "Level": lambda lead: titles.seniority_label(lead.seniority) if lead.seniority else "",
    "E-mail": lambda lead: lead.email,
    "E-mail check": _email_check,
    "Phone": lambda lead: lead.phone,
    "LinkedIn": lambda lead: PROFILE + lead.linkedin_slug if lead.linkedin_slug else "",
    "City": lambda lead: lead.city or (lead.company.city if lead.company else ""),
    "Country": lambda lead: _country(lead.country or (lead.company.country if lead.company else "")),
    "Grade": _score("grade"),
    "Score": _score("total"),
    "Stage": lambda lead: lead.stage.name if lead.stage else "",
    "Owner": lambda lead: lead.owner.name if lead.owner else "",
    "Tags": _tags,
    "Source": lambda lead: lead.source,
    "Added": lambda lead: lead.created_at.date().isoformat(),
}
CRM: Values = {
    "External ID": lambda lead: str(lead.pk),
    "First Name": lambda lead: lead.first_name,
    "Last Name": lambda lead: lead.last_name or lead.full_name,
    "Email": lambda lead: lead.email,
    "Email Status": _email_check,
    "Phone": _phone,
    "Job Title": lambda lead: lead.title,
    "Company": _of_company("name"),
    "Website": _of_company("domain"),
    "Industry": _industry,
    "Employees": _employees,
    "City": SPREADSHEET["City"],
    "Country Code": lambda lead: lead.country or (lead.company.country if lead.company else ""),
    "LinkedIn URL": SPREADSHEET["LinkedIn"],
    "Lead Grade": _score("grade"),
    "Lead Score": _score("total"),
    "Lead Status": lambda lead: lead.stage.key if lead.stage else "",
    "Lead Owner": lambda lead: lead.owner.email if lead.owner else "",
    "Tags": _tags,
    "Lead Source": lambda lead: f"LeadEngine {lead.source}",
}
INVENTED = "Invented data"
PURPOSES: Mapping[str, tuple[str, Values]] = {
    "spreadsheet": ("For spreadsheets", SPREADSHEET),
    "crm": ("For a CRM’s import", CRM),
}


def columns_for(purpose: str, *, is_sample: bool) -> Values:
    """The columns of the file; that of a sample says in every row that its data is invented."""
    chosen = PURPOSES[purpose][1]
    return {INVENTED: lambda lead: "yes" if lead.is_sample else "", **chosen} if is_sample else chosen
