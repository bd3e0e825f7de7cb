"""Candidates at their company as its record will describe it: with what the workspace, and others of the batch, know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from leads.candidate import PERSONAL_SIGNALS, Candidate, CompanyFacts, Signal, united_signals
from leads.claiming import owners
from leads.companies import keys_of
from leads.company_facts import GROUP_OF, LISTS, Record, Told, learn_in_memory, read, told_by
from leads.identity import Identity
from leads.models import Company, CompanyIdentity
from leads.models import Signal as StoredSignal
from leads.models.keys import new_id
from leads.prospecting import Prospect


@dataclass(slots=True)
class Memory:
    """A company with all that is said of it, and the prospects who are at it, by their position."""

    record: Record
    signals: list[Signal] = field(default_factory=list)
    told: dict[int, Told] = field(default_factory=dict)


def recalled(
    workspace_id: int,
    prospects: Mapping[int, Prospect],
    *,
    asked_at: datetime,
    now: datetime,
    held: Mapping[Identity, UUID] | None = None,
) -> dict[int, Candidate]:
    """By position, those of whose company more is known than they say, at that company as it will stand then.

    Nothing is written. `held`: the companies that we have of them, where that was read already. Four queries at most.
    """
    memories = _memories(workspace_id, prospects, asked_at, held)
    for memory in memories:
        for told in memory.told.values():
            learn_in_memory(memory.record, told, now)
        for place in memory.told:
            memory.signals += _of_company(prospects[place].candidate, asked_at)
    known = {
        place: _at_company(prospects[place].candidate, memory, asked_at) for memory in memories for place in memory.told
    }
    return {place: each for place, each in known.items() if _differs(each, prospects[place].candidate, asked_at)}


def _memories(
    workspace_id: int, prospects: Mapping[int, Prospect], asked_at: datetime, known: Mapping[Identity, UUID] | None
) -> list[Memory]:
    keyed = {place: keys_of(each.candidate.company) for place, each in prospects.items()}
    wanted = list({key for keys in keyed.values() for key in keys})
    held = owners(CompanyIdentity, "company_id", workspace_id, wanted) if known is None else dict(known)
    stored = read(Company.objects.of(workspace_id).filter(pk__in=set(held.values()))) if held else {}
    memories = {company_id: Memory(record) for company_id, record in stored.items()}
    for place, keys in keyed.items():
        if keys:
            memory = memories.setdefault(_owner(keys, held), Memory(Record(Company(), is_new=True)))
            memory.told[place] = told_by(prospects[place], asked_at=asked_at)
    for company_id, signal in _stored_signals(stored):
        memories[company_id].signals.append(signal)
    return [each for each in memories.values() if len(each.told) > each.record.is_new]  # alone says all


def _owner(keys: tuple[Identity, ...], held: dict[Identity, UUID]) -> UUID:
    chosen = next((held[key] for key in keys if key in held), None) or new_id()
    for key in keys:
        held.setdefault(key, chosen)
    return chosen


def _stored_signals(companies: Mapping[UUID, Any]) -> list[tuple[UUID, Signal]]:
    rows = (
        StoredSignal.objects.filter(company__in=list(companies), lead__isnull=True).order_by("pk") if companies else ()
    )
    return [(row.company_id, Signal(row.kind, row.observed_on, row.detail, row.url)) for row in rows]


def _of_company(candidate: Candidate, asked_at: datetime) -> list[Signal]:
    return [each for each in candidate.dated_signals(asked_at.date()) if each.kind not in PERSONAL_SIGNALS]


def _at_company(candidate: Candidate, memory: Memory, asked_at: datetime) -> Candidate:
    signals = united_signals((*candidate.dated_signals(asked_at.date()), *memory.signals))
    return replace(candidate, company=_facts(candidate.company, memory.record.company), signals=signals)


def _facts(said: CompanyFacts, company: Company) -> CompanyFacts:
    """As the record has them; who the company is stays as the candidate says."""
    columns: dict[str, Any] = {name: getattr(company, name) for name in GROUP_OF if name != "linkedin_slug"}
    return replace(said, **columns | {name: tuple(getattr(company, name)) for name in LISTS})


def _differs(known: Candidate, said: Candidate, asked_at: datetime) -> bool:
    mine = {each.identity for each in said.dated_signals(asked_at.date())}
    return known.company != _sorted(said.company) or {each.identity for each in known.signals} != mine


def _sorted(said: CompanyFacts) -> CompanyFacts:
    lists: dict[str, Any] = {name: tuple(sorted(set(getattr(said, name)))) for name in LISTS}
    return replace(said, **lists)
