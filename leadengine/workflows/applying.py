"""Takes over what an enrichment found, keeps the old instead, or undoes it for thirty days; scores follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing import auditing
from enrichment.job_findings import decided, undoable
from enrichment.models import EnrichedField, Enrichment, EnrichmentItem, FieldState, Mark
from leadengine.workflows.applying_companies import apply_to_company, undo_at_company
from leadengine.workflows.applying_leads import apply_to_lead, undo_at_lead
from leadengine.workflows.company_findings import TECHNOLOGIES
from leadengine.workflows.enriching import NothingToDo
from leadengine.workflows.picking import NotPickable
from leads.models import ActivityKind, Lead
from leads.pipeline import record
from scoring.rescoring import hold, rescore

OF_LEADS = ("email", "email_status", "phone_type")
AT_ONCE = 200  # fields that one press takes over or undoes: the answer comes within seconds
MOST_TRIED = 1_000  # of them that are locked at a time, where others are refused
MOST_COLLEAGUES = 500  # of one company, who are scored at once
DECIDED = "It was decided already; look at what is there now."
STILL_OPEN = "It is still going on. Wait for its end or stop it, and then decide again."
TOO_LATE = "It cannot be undone any more: thirty days have passed, or it is not in use."


@dataclass(frozen=True, slots=True)
class Applied:
    """How many fields were taken over or undone, why others were not, and whether there are more than go at once.

    The next go begins behind `past`, as many as were refused so far.
    """

    number: int = 0
    refused: tuple[str, ...] = ()
    has_more: bool = False
    past: int = 0


@transaction.atomic
def accept(field: EnrichedField, *, by: Any, now: datetime) -> None:
    """Use what was found. Raises NothingToDo or NotPickable, and then nothing has happened."""
    _hold([field])
    _accept(field, by=by, now=now)


def _accept(field: EnrichedField, *, by: Any, now: datetime) -> None:
    row = _locked(field, FieldState.OPEN, DECIDED)
    row.undo = apply_to_lead(row, by=by, now=now) if row.field in OF_LEADS else apply_to_company(row, now=now)
    _decide(row, FieldState.APPLIED, by, now)
    _rescore(row, f"Enriched: {row.field.replace('_', ' ')}", by, now)


@transaction.atomic
def keep_old(field: EnrichedField, *, by: Any, now: datetime) -> None:
    """Leave what stands there. Raises NothingToDo."""
    _hold([field])
    _decide(_locked(field, FieldState.OPEN, DECIDED), FieldState.KEPT, by, now)


@transaction.atomic
def decide_again(field: EnrichedField, *, by: Any, now: datetime) -> None:
    """What was kept out or undone waits for a decision as before; nothing else changes. Raises NothingToDo."""
    _hold([field])
    _wait_again(field)


def _wait_again(field: EnrichedField) -> None:
    state = FieldState.UNDONE if field.state == FieldState.UNDONE else FieldState.KEPT
    row = _locked(field, state, DECIDED)
    if not row.can_be_decided_again:
        raise NothingToDo(DECIDED)
    _decide(row, FieldState.OPEN, None, None)


def _reopen(field: EnrichedField, *, by: Any, now: datetime) -> None:
    if field.state == FieldState.APPLIED:
        _undo(field, by=by, now=now)
        field.state = FieldState.UNDONE
    _wait_again(field)


@transaction.atomic
def undo_field(field: EnrichedField, *, by: Any, now: datetime) -> None:
    """Put back what stood there. Raises NothingToDo where that was long ago, or it was changed since."""
    _hold([field])
    _undo(field, by=by, now=now)


def _undo(field: EnrichedField, *, by: Any, now: datetime) -> None:
    row = _locked(field, FieldState.APPLIED, TOO_LATE)
    if not row.can_be_undone(now):
        raise NothingToDo(TOO_LATE)
    if row.field in OF_LEADS:
        undo_at_lead(row, by=by, now=now)
    else:
        undo_at_company(row, now=now)
    _decide(row, FieldState.UNDONE, by, now)
    _rescore(row, f"Undone: {row.field.replace('_', ' ')}", by, now)


@transaction.atomic
def accept_all(job: Enrichment, *, by: Any, now: datetime, past: int = 0) -> Applied:
    """All that is to be decided, but for conflicts: what a person set is not replaced unless one says so."""
    fields = _fields(job).filter(state=FieldState.OPEN).exclude(mark=Mark.CONFLICT).order_by("item__lead", "pk")
    verb = "enrichment.applied"
    return _each(job, fields, _accept, verb, by, now, past)


@transaction.atomic
def undo_all(job: Enrichment, *, by: Any, now: datetime, past: int = 0) -> Applied:
    """Everything that can still be put back, the last first."""
    fields = _the_last_first(_fields(job).filter(undoable(now=now)))
    verb = "enrichment.undone"
    return _each(job, fields, _undo, verb, by, now, past)


@transaction.atomic
def decide_all_again(job: Enrichment, *, by: Any, now: datetime, past: int = 0) -> Applied:
    """Every decision is taken back: what was accepted is undone for that, and all of it waits as before. Credits stay."""
    if job.is_open:
        return Applied(refused=(STILL_OPEN,))
    fields = _the_last_first(_fields(job).filter(decided(now=now)))
    verb = "enrichment.reopened"
    return _each(job, fields, _reopen, verb, by, now, past)


def _the_last_first(fields: Any) -> Any:
    """Of all leads, for those of one company build on each other; what was decided in one go, in that order backwards."""
    return fields.order_by("-decided_at", "-item__lead", "-pk")


def _each(job: Enrichment, fields: Any, act: Any, verb: str, by: Any, now: datetime, past: int) -> Applied:
    """As many as go at once, from behind those that were refused before, which are still the first."""
    applied = _some(fields, act, by, now, Applied(past=past))
    while applied.has_more and not applied.number:
        applied = _some(fields, act, by, now, applied)
    if applied.number:
        after = {"entries": applied.number}
        auditing.record(verb, workspace_id=job.workspace_id, by=by, obj=job, after=after, now=now)
    return applied


def _some(fields: Any, act: Any, by: Any, now: datetime, before: Applied) -> Applied:
    found = list(fields[before.past : before.past + MOST_TRIED + 1])
    number, refused = 0, []
    for field in (waiting := _held(fields, found[:MOST_TRIED])):
        if number == AT_ONCE:
            break
        try:
            with transaction.atomic():
                act(field, by=by, now=now)
            number += 1
        except (NothingToDo, NotPickable) as why:
            refused.append(str(why))
    has_more = len(found) > MOST_TRIED or len(waiting) > number + len(refused)
    told = tuple(dict.fromkeys((*before.refused, *refused)))
    return Applied(number, told, has_more, before.past + len(refused))


def _held(fields: Any, found: Sequence[EnrichedField]) -> list[EnrichedField]:
    """Those of them that still wait once they are locked: somebody may have pressed twice."""
    _hold(found)
    return list(fields.filter(pk__in=[each.pk for each in found]))


def _fields(job: Enrichment) -> Any:
    return EnrichedField.objects.of(job.workspace_id).filter(item__enrichment=job, lead__erased_at=None)


def _hold(fields: Sequence[EnrichedField]) -> None:
    """Locks all leads that these change or score again, before anything else: whoever erases somebody does so, too."""
    if not fields:
        return
    of_all = [field.item_id for field in fields if field.field == TECHNOLOGIES]
    mine = Lead.objects.of(fields[0].workspace_id).living()
    companies = EnrichmentItem.objects.of(fields[0].workspace_id).filter(pk__in=of_all).values("company")
    hold(list(mine.filter(Q(pk__in=[field.lead_id for field in fields]) | Q(company__in=companies))))


def _locked(field: EnrichedField, state: str, otherwise: str) -> EnrichedField:
    """With its lead and company; the lead is locked already, and nobody else decides meanwhile."""
    rows = EnrichedField.objects.of(field.workspace_id).select_for_update(no_key=True, of=("self",))
    row: EnrichedField | None = (
        rows.select_related("item__lead__company", "item__lead__workspace").filter(pk=field.pk, state=state).first()
    )
    if row is None:
        raise NothingToDo(otherwise)
    if row.item.lead.erased_at:
        raise NothingToDo("The person was erased.")
    return row


def _decide(row: EnrichedField, state: FieldState, by: Any, now: datetime | None) -> None:
    row.state, row.by, row.decided_at = state, by, now
    row.save(update_fields=["state", "by", "decided_at", "undo"])


def _rescore(row: EnrichedField, why: str, by: Any, now: datetime) -> None:
    """The lead, or everybody at its company; the timeline of the lead tells what changed there."""
    lead = row.item.lead
    if row.field in OF_LEADS:
        rescore([lead], why=why[:200], now=now)
        return
    record(lead, ActivityKind.EDITED, f"{why}: {row.after}", by=by, now=now)
    if row.field == TECHNOLOGIES and row.item.company_id:
        rescore(_colleagues(lead.workspace_id, row.item.company_id), why=why[:200], now=now)


def _colleagues(workspace_id: int, company_id: UUID) -> Sequence[Lead]:
    rows = Lead.objects.of(workspace_id).living().filter(company=company_id).select_related("company", "workspace")
    return list(rows.order_by("pk")[:MOST_COLLEAGUES])
