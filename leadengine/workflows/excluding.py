"""Writes the exclusion ledger of a batch: one row for each candidate that is not delivered, never one too few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from leadengine.bulk import copy_in
from leadengine.workflows.deciding import Decided
from leadengine.workflows.judging import JUDGED_AGAIN, keys
from leads.candidate import Candidate
from leads.models import REINCLUDABLE, Exclusion, Lane, Reason
from leads.prospecting import Prospect, Refusal
from leads.sources.base import RecordFault

SUPPRESSED = "Suppressed"  # in place of a name


def save(lane: Lane, decided: Sequence[Decided], faults: Sequence[RecordFault], *, now: datetime) -> None:
    """Write the batch's exclusions."""
    rows = [_refused(lane, each, now) for each in decided if each.refusal]
    rows += [row for each in decided for row in _duplicates(lane, each, now)]
    rows += [_fault(lane, fault, now) for fault in faults]
    copy_in(rows)
    _overturn(decided)


def _refused(lane: Lane, each: Decided, now: datetime) -> Exclusion:
    assert each.refusal is not None  # noqa: S101
    row = _row(lane, each.judged.prospect.label, each.refusal, now)
    row.lead_id = each.lead_id
    if each.refusal.reason == Reason.SUPPRESSED:
        row.label = SUPPRESSED
        return row
    if each.judged.candidate.is_unbought:
        return row
    if each.judged.grade:
        row.grade, row.total = each.judged.grade, each.judged.total
    if each.refusal.reason in REINCLUDABLE:
        row.candidate = each.judged.candidate.to_json()
    if each.refusal.reason in JUDGED_AGAIN:
        row.keys = keys(each.judged.prospect)
    return row


def _duplicates(lane: Lane, each: Decided, now: datetime) -> list[Exclusion]:
    """The other records of the same person in the same answer."""
    suppressed = each.refusal is not None and each.refusal.reason == Reason.SUPPRESSED
    prospect = each.judged.prospect
    refusal = (
        Refusal(Reason.SUPPRESSED, "On the suppression list")
        if suppressed
        else Refusal(Reason.DUPLICATE_IN_RUN, same_as(prospect.candidate))
    )
    rows = [
        _row(lane, SUPPRESSED if suppressed else _label(prospect, other), refusal, now) for other in prospect.duplicates
    ]
    for row in rows:
        row.lead_id = each.lead
    return rows


def same_as(taken: Candidate) -> str:
    """As people know them: "Ines Calloway, Ostra Pumps"; nothing of a source's own numbers."""
    whom = ", ".join(filter(None, (taken.name, taken.company.name)))
    return f"The same person as {whom}"


def _label(prospect: Prospect, other: Candidate) -> str:
    return other.name or other.company.name or prospect.label


def _fault(lane: Lane, fault: RecordFault, now: datetime) -> Exclusion:
    return _row(lane, fault.label or fault.record_id, Refusal(Reason.SOURCE_ERROR, fault.reason), now)


def _row(lane: Lane, label: str, refusal: Refusal, now: datetime) -> Exclusion:
    return Exclusion(
        workspace_id=lane.workspace_id,
        run_id=lane.run_id,
        lane_id=lane.pk,
        source=lane.source,
        reason=refusal.reason,
        detail=refusal.detail[:300],
        label=label[:200],
        created_at=now,
    )


def _overturn(decided: Sequence[Decided]) -> None:
    """An earlier exclusion of somebody who is delivered now, thanks to more facts, was a duplicate after all."""
    refusal = Refusal(Reason.DUPLICATE_IN_RUN, "Delivered by this run once another source had added facts")
    for each in decided:
        if each.accepted and each.judged.prospect.revives:
            close(each.judged.prospect.revives, refusal, each.lead)


def stand_as(rows: Sequence[Exclusion], lead_id: UUID) -> None:
    """Other records of those that are leads now: each names the lead; `rows` with the candidates that were left out."""
    taken = {same_as(Candidate.from_json(row.candidate or {}))[:300] for row in rows}
    found = Exclusion.objects.filter(run=rows[0].run_id, reason=Reason.DUPLICATE_IN_RUN, lead__isnull=True)
    found.filter(lane__in={row.lane_id for row in rows}, detail__in=taken).update(lead_id=lead_id)


def close(ids: Sequence[int], refusal: Refusal, lead_id: UUID | None) -> None:
    """Exclusions that turn out to have another reason: what was kept to judge or include them again is forgotten."""
    named = {"label": SUPPRESSED, "grade": "", "total": None} if refusal.reason == Reason.SUPPRESSED else {}
    Exclusion.objects.filter(pk__in=ids).update(
        reason=refusal.reason, detail=refusal.detail[:300], lead_id=lead_id, candidate=None, keys=[], **named
    )
