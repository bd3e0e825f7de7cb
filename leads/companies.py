"""Finds or makes the companies of a batch: one company per certain identity, whatever the number of workers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from leadengine.bulk import copy_in
from leads.candidate import CompanyFacts, Signal
from leads.claiming import claim, owners
from leads.identity import Identity, company_identities, linkedin_company_slug, name_sort_key
from leads.models import Company, CompanyIdentity, Relation, SignalKind
from leads.models import Signal as SignalRow
from leads.models.keys import new_id

FILLABLE = (
    "domain country region city industry industry_raw employees_min employees_max revenue_usd founded_year "
    "funding_stage description phone linkedin_slug"
).split()


def resolve(workspace_id: int, facts: Sequence[CompanyFacts], *, now: datetime) -> list[UUID | None]:
    """The company of each set of facts, made where it is new; None where the facts name no company at all.

    Existing companies are filled where they had nothing; what they had is kept.
    """
    keyed = [company_identities(each) or _by_name(each) for each in facts]
    known = owners(CompanyIdentity, "company_id", workspace_id, list({key for keys in keyed for key in keys}))
    held = dict(known)
    chosen = [_choose(keys, held) for keys in keyed]
    wanted = {identity: owner for identity, owner in held.items() if identity not in known}
    lost = claim(CompanyIdentity, "company_id", workspace_id, wanted)
    ids = [lost.get(each, each) if each else None for each in chosen]
    _save(workspace_id, dict(zip(ids, facts, strict=True)), fresh=set(wanted.values()) - set(lost), now=now)
    return ids


def related(workspace_id: int, facts: Sequence[CompanyFacts]) -> dict[int, str]:
    """Positions of companies that are marked customer or competitor, with the mark. Two queries."""
    keyed = [company_identities(each) for each in facts]
    known = owners(CompanyIdentity, "company_id", workspace_id, list({key for keys in keyed for key in keys}))
    marked = Company.objects.of(workspace_id).filter(pk__in=set(known.values())).exclude(relation=Relation.NONE)
    labels = {company.pk: company.get_relation_display() for company in marked}
    found = {index: [known[key] for key in keys if key in known] for index, keys in enumerate(keyed)}
    return {index: labels[ids[0]] for index, ids in found.items() if ids and ids[0] in labels}


def save_signals(workspace_id: int, signals: Sequence[tuple[UUID, UUID | None, Signal, str]], *, now: datetime) -> None:
    """Store dated signals of (company, lead or None, signal, source); one that is there already is left alone."""
    rows = [
        SignalRow(
            workspace_id=workspace_id,
            company_id=company_id,
            lead_id=lead_id if signal.kind == SignalKind.NEW_IN_ROLE else None,
            kind=signal.kind,
            observed_on=signal.observed_on or now.date(),
            detail=signal.detail[:200],
            source=source,
            url=signal.url[:500],
        )
        for company_id, lead_id, signal, source in signals
    ]
    SignalRow.objects.bulk_create(rows, ignore_conflicts=True)


def _by_name(facts: CompanyFacts) -> tuple[Identity, ...]:
    """A company of which only the name is known is its own kind of identity: it never meets one that is better known."""
    name = name_sort_key(facts.name)
    return (Identity("name", name[:320]),) if name else ()


def _choose(keys: tuple[Identity, ...], held: dict[Identity, UUID]) -> UUID | None:
    if not keys:
        return None
    chosen = next((held[key] for key in keys if key in held), None) or new_id()
    for key in keys:
        held.setdefault(key, chosen)
    return chosen


def _save(workspace_id: int, facts: dict[UUID | None, CompanyFacts], *, fresh: set[UUID], now: datetime) -> None:
    named = {company_id: each for company_id, each in facts.items() if company_id is not None}
    copy_in([_row(workspace_id, company_id, each, now) for company_id, each in named.items() if company_id in fresh])
    old = Company.objects.of(workspace_id).filter(pk__in=named.keys() - fresh)
    changed = [company for company in old if _fill(company, named[company.pk], now)]
    Company.objects.bulk_update(changed, [*FILLABLE, "technologies", "updated_at"])


def _row(workspace_id: int, company_id: UUID, facts: CompanyFacts, now: datetime) -> Company:
    return Company(
        id=company_id,
        workspace_id=workspace_id,
        name=facts.name[:300] or facts.domain,
        name_key=name_sort_key(facts.name or facts.domain)[:300],
        technologies=list(facts.technologies),
        keywords=[keyword[:80] for keyword in facts.keywords],
        created_at=now,
        updated_at=now,
        **_columns(facts),
    )


def _columns(facts: CompanyFacts) -> dict[str, Any]:
    slug = linkedin_company_slug(facts.linkedin_url)
    values = {name: slug if name == "linkedin_slug" else getattr(facts, name) for name in FILLABLE}
    return {name: _cut(name, value) for name, value in values.items()}


def _cut(name: str, value: Any) -> Any:
    length = getattr(Company._meta.get_field(name), "max_length", None)
    return value[:length] if isinstance(value, str) and length else value


def _fill(company: Company, facts: CompanyFacts, now: datetime) -> bool:
    """Fill what the company lacks; True if anything changed."""
    gaps = {name: value for name, value in _columns(facts).items() if value and not getattr(company, name)}
    if not company.technologies and facts.technologies:
        gaps["technologies"] = list(facts.technologies)
    for name, value in gaps.items():
        setattr(company, name, value)
    if gaps:
        company.updated_at = now
    return bool(gaps)
