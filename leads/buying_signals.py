"""Stores the dated signals that come with candidates, and tells whose company is known to show more than they said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from leads.candidate import LONGEST_DETAIL, PERSONAL_SIGNALS, Candidate
from leads.models import Lead, Signal

Key = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """`grown`: companies of which there are new signals; `short`: leads that came with fewer than their company shows."""

    grown: set[UUID]
    short: set[UUID]


def save_signals(workspace_id: int, told: Sequence[tuple[UUID, UUID, Candidate]], *, asked_at: datetime) -> Shown:
    """Store the signals of candidates, given with company and lead; one that is there already is left alone.

    A signal without a day has that of its record, or else of the question.
    """
    rows = [(each[1], _rows(workspace_id, *each, asked_at)) for each in told]
    known = _known({company_id for company_id, _, _ in told})
    fresh = [row for _, mine in rows for row in mine if row.lead_id or _key(row) not in known[row.company_id]]
    Signal.objects.bulk_create(fresh, ignore_conflicts=True)
    grown = {row.company_id for row in fresh if not row.lead_id}
    for row in fresh:
        known[row.company_id] |= set() if row.lead_id else {_key(row)}
    own = {lead_id: {_key(row) for row in mine if not row.lead_id} for lead_id, mine in rows}
    return Shown(grown, {lead_id for company_id, lead_id, _ in told if own[lead_id] != known[company_id]})


def carry_signals(moves: Mapping[UUID, UUID], leads: Collection[UUID]) -> None:
    """What was seen at a company that is known as another one now was seen there, unless it has other people too."""
    shared = Lead.objects.filter(company__in=moves).exclude(pk__in=leads).values_list("company_id", flat=True)
    alone = moves.keys() - set(shared) if moves else set()
    rows: list[Any] = list(Signal.objects.filter(company__in=alone).order_by("pk")) if alone else []
    for row in rows:
        row.pk, row.company_id = None, moves[row.company_id]
    Signal.objects.bulk_create(rows, ignore_conflicts=True)


def _rows(workspace_id: int, company_id: UUID, lead_id: UUID, candidate: Candidate, asked_at: datetime) -> list[Any]:
    return [
        Signal(
            workspace_id=workspace_id,
            company_id=company_id,
            lead_id=lead_id if signal.kind in PERSONAL_SIGNALS else None,
            kind=signal.kind,
            observed_on=signal.observed_on or asked_at.date(),
            detail=signal.detail[:LONGEST_DETAIL],
            source=candidate.source,
            url=(signal.url or candidate.evidence_url)[:500],
        )
        for signal in candidate.dated_signals(asked_at.date())
    ]


def _known(company_ids: set[UUID]) -> dict[UUID, set[Key]]:
    known: dict[UUID, set[Key]] = defaultdict(set)
    rows = Signal.objects.filter(company__in=company_ids, lead__isnull=True)
    for row in rows.only("company_id", "kind", "observed_on", "detail"):
        known[row.company_id].add(_key(row))
    return known


def _key(row: Signal) -> Key:
    return row.kind, row.observed_on, row.detail
