"""A worker's turn at undoing an import: its leads go or get back what they had, batch by batch, then its companies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing import ledger
from billing.models import CreditEntry, EntryKind
from leadengine.workflows import leases
from leadengine.workflows.import_progress import end, keep, locked
from leadengine.workflows.import_telling import key_of
from leads import import_undoing
from leads.models import WRITING, Import, ImportRow, ImportStep, Lead, Undoing, Verdict
from scoring.models import LeadScore
from scoring.publication_lock import while_delivering
from scoring.rescoring import hold_scores, rescore

BATCH = 200
TOUCHED = "Somebody worked with it, or something else was found out about it since"
CHANGED = "What the import set there was changed since; that stays"


def undo_turn(job: Import, *, batches: int) -> None:
    """Do the next batches, then give it back. Raises LeaseLost when it is not this worker's any more."""
    for _ in range(batches):
        if not _batch(job):
            return
    leases.give_back(job, now=timezone.now())


@transaction.atomic
def _batch(job: Import) -> bool:
    """False when all is undone. A batch that runs twice finds its rows undone."""
    while_delivering(job.workspace_id)
    held = locked(job)
    mine = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, lead__isnull=False, undoing="")
    rows = list(mine.filter(verdict__in=WRITING).order_by("line")[:BATCH])
    if not rows and not import_undoing.put_companies_back(job, BATCH):
        end(held, ImportStep.UNDONE, undone_at=timezone.now())
        return False
    _undo(held, rows)
    keep(job)
    return True


def _undo(job: Import, rows: Sequence[ImportRow]) -> None:
    locks = Lead.objects.of(job.workspace_id).select_for_update(no_key=True, of=("self",))
    leads = {lead.pk: lead for lead in locks.filter(pk__in=[row.lead_id for row in rows]).order_by("pk")}
    new = {row.lead_id for row in rows if row.verdict == Verdict.NEW and row.lead_id}
    removable = import_undoing.untouched(job, new)
    updated = {row.lead_id for row in rows if row.lead_id} - new
    left = import_undoing.put_back(job, [leads[pk] for pk in sorted(updated)], now=timezone.now())
    for row in rows:
        row.undoing, row.why = _outcome(row, removable, left)
    ImportRow.objects.bulk_update(rows, ["undoing", "why"])
    _pay_back(job, removable)
    import_undoing.remove(job, removable)
    _score(job, updated)


def _outcome(row: ImportRow, removable: Collection[UUID], left: Collection[UUID]) -> tuple[Undoing, str]:
    if row.lead_id in removable:
        return Undoing.REMOVED, ""
    if row.verdict == Verdict.NEW:
        return Undoing.LEFT, TOUCHED
    return (Undoing.LEFT, CHANGED) if row.lead_id in left else (Undoing.PUT_BACK, "")


def _pay_back(job: Import, removed: Collection[UUID]) -> None:
    if not job.unit_price:
        return
    keys = [key_of(pk) for pk in removed]
    paid = CreditEntry.objects.of(job.workspace_id).filter(kind=EntryKind.CAPTURE, key__in=keys)
    for entry in paid.order_by("pk"):
        ledger.reverse(
            entry, by=job.undone_by, key=f"{entry.key}:undone", note="The import was undone", now=timezone.now()
        )


def _score(job: Import, updated: Collection[UUID]) -> None:
    scored = LeadScore.objects.of(job.workspace_id).filter(lead__in=updated).values_list("lead_id", flat=True)
    hold_scores(job.workspace_id, list(scored))
    rows = Lead.objects.of(job.workspace_id).living().filter(pk__in=list(scored))
    rescore(
        list(rows.select_related("company", "workspace").order_by("pk")),
        why=f"Import of {job.name} undone"[:200],
        now=timezone.now(),
    )
