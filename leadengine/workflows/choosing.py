"""Where sources disagree about a company, somebody decides: the chosen value holds, and no source overrules it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from leadengine.workflows.picking import NotPickable
from leads.company_conflicts import LABELS, Said, in_use, offered
from leads.company_facts import GROUPS
from leads.conflicts import PERSON
from leads.fact_words import in_words
from leads.identity import name_sort_key
from leads.models import Authority, Company, CompanyChoice, Evidence, Lead
from leads.sources import registry
from scoring.rescoring import rescore


@transaction.atomic
def choose(company: Company, evidence_id: int, *, by: Any, now: datetime) -> CompanyChoice:
    """What this evidence says holds from now on, with the columns that go with it; the company's leads are scored again.

    Raises NotPickable, and then nothing has happened.
    """
    company = _locked(company)
    said = offered(company, evidence_id)
    if said is None:
        raise NotPickable("No source says that of the company any more.")
    before = in_use(company).get(said.group)
    text = f"{words(said)} ({registry.title(said.source)}) was chosen"
    made = _choice(company, said.group, text[:500], before.pk if before else None, by=by, now=now)
    _rows(company, said.group).update(is_current=False)
    _chosen(company, said, now).save()
    _use(company, said.group, said.fact.values, made, now=now)
    return made


@transaction.atomic
def take_back(choice: CompanyChoice, *, by: Any, now: datetime) -> CompanyChoice:
    """What stood before that choice holds again, from where it was. Raises NotPickable where somebody chose since."""
    company = _locked(choice.company)
    last = CompanyChoice.objects.of(company.workspace_id).filter(company=company, group=choice.group).latest("pk")
    if last != choice:
        raise NotPickable("Somebody has chosen again since; that choice was left as it is.")
    text = f"Taken back: {choice.text}"
    made = _choice(company, choice.group, text[:500], None, by=by, now=now)
    _rows(company, choice.group).filter(source=PERSON).delete()
    if choice.evidence_id:
        Evidence.objects.of(company.workspace_id).filter(pk=choice.evidence_id, company=company).update(is_current=True)
    _use(company, choice.group, choice.before, made, now=now)
    return made


def words(said: Said) -> str:
    """The value as people read it: ("industry", "software-development") is Software development."""
    return in_words(LABELS.get(said.group, said.group), said.value)


def _locked(company: Company) -> Company:
    found: Company = Company.objects.of(company.workspace_id).select_for_update(no_key=True).get(pk=company.pk)
    return found


def _rows(company: Company, group: str) -> Any:
    """The company's own evidence that is in use."""
    rows = Evidence.objects.of(company.workspace_id)
    return rows.filter(company=company, field__in=GROUPS[group], is_current=True)


def _choice(
    company: Company, group: str, text: str, evidence_id: int | None, *, by: Any, now: datetime
) -> CompanyChoice:
    return CompanyChoice(
        workspace_id=company.workspace_id,
        company=company,
        group=group,
        text=text,
        before=[getattr(company, column) for column in GROUPS[group]],
        evidence_id=evidence_id,
        by=by,
        occurred_at=now,
    )


def _chosen(company: Company, said: Said, now: datetime) -> Evidence:
    return Evidence(
        workspace_id=company.workspace_id,
        company=company,
        field=GROUPS[said.group][0],
        value=str(said.fact.values[0]),
        source=PERSON,
        confidence=1.0,
        authority=Authority.PERSON,
        observed_at=now,
    )


def _use(company: Company, group: str, values: Sequence[Any], made: CompanyChoice, *, now: datetime) -> None:
    for column, value in zip(GROUPS[group], values, strict=True):
        setattr(company, column, value)
    company.name_key, company.updated_at = name_sort_key(company.name)[:300], now
    company.save(update_fields=[*GROUPS[group], "name_key", "updated_at"])
    made.save()
    leads = Lead.objects.of(company.workspace_id).living().filter(company=company)
    rescore(list(leads.select_related("company", "workspace").order_by("pk")), why=made.text[:200], now=now)
