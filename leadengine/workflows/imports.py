"""Imports of a workspace's own leads: started, undone and discarded here; worked off in turns by any worker."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import auditing, ledger
from billing.models import PriceKind
from billing.pricing import prices
from leadengine.leased import LeaseState
from leadengine.wording import in_credits, plural
from leadengine.workflows import import_telling, leases
from leadengine.workflows.import_checking import check_turn
from leadengine.workflows.import_preparing import NotPossible, forget_check, held, queue
from leadengine.workflows.import_progress import end
from leadengine.workflows.import_saving import save_batch
from leadengine.workflows.import_undoing import undo_turn
from leads.importing import LEFT_BEHIND, counted
from leads.models import (
    IMPORTED,
    UNFINISHED,
    Import,
    ImportRow,
    ImportStep,
    ImportUpload,
    Verdict,
)

REFUSALS = (NotPossible, ledger.InsufficientCredits, ledger.LimitExceeded)


def price_of(job: Import, *, now: datetime) -> Decimal:
    """What one new lead of one's own file costs when it is graded: mostly nothing."""
    return prices(now).of(PriceKind.DELIVERY, IMPORTED)


@transaction.atomic
def start_import(job: Import, *, grades: bool, shown_at_most: Decimal | None, by: Any, now: datetime) -> Import:
    """Hold what it costs at most and queue it; one that is under way, or done, stays as it is.

    Raises NotPossible, InsufficientCredits or LimitExceeded, and then nothing has happened.
    """
    job = held(job)
    if job.step not in UNFINISHED:
        return job
    _must_be_ready(job)
    price = price_of(job, now=now) if grades else Decimal(0)
    at_most = price * job.counts.get(Verdict.NEW, 0)
    if shown_at_most is not None and at_most > shown_at_most:
        raise NotPossible(f"It would cost {in_credits(at_most)} now. Look and start again.")
    if at_most:
        job.hold = ledger.hold(job.workspace, at_most, key=f"import:{job.pk}:hold", by=by, now=now)
    job.grades, job.unit_price, job.step, job.started_at = grades, price, ImportStep.IMPORT, now
    # What is as it should be by its error stays so; every other row is looked at once more when it is saved.
    ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, verdict=Verdict.ERROR).update(is_done=True)
    ImportUpload.objects.filter(of=job).delete()
    queue(job, now)
    auditing.record("import.started", workspace_id=job.workspace_id, by=by, obj=job, after=job.counts, now=now)
    return job


def _must_be_ready(job: Import) -> None:
    if not job.is_checked:
        raise NotPossible("The file is not checked yet.")
    if not job.written:
        raise NotPossible("There is nothing to import: no row is new, and none updates a lead.")


@transaction.atomic
def undo_import(job: Import, *, by: Any, now: datetime) -> Import:
    """Queue the undo of an import of the last day. Raises NotPossible."""
    job = held(job)
    if job.step in (ImportStep.UNDO, ImportStep.UNDONE):
        return job
    if job.undoable_until is None or now > job.undoable_until:
        raise NotPossible("An import can be undone for 24 hours after its end, and only then.")
    job.step, job.undone_by = ImportStep.UNDO, by
    queue(job, now)
    after = {"leads": job.written}
    auditing.record("import.undone", workspace_id=job.workspace_id, by=by, obj=job, after=after, now=now)
    return job


@transaction.atomic
def discard_import(job: Import) -> None:
    """Forget one that has not begun, with its file. Raises NotPossible."""
    job = held(job)
    if job.step not in UNFINISHED:
        raise NotPossible("This file is imported already; it can be undone for a day.")
    file = job.file
    forget_check(job)
    job.delete()
    if file and not file.runs.exists():
        file.rows.all().delete()
        file.delete()


def import_turn(job: Import, *, batches: int) -> None:
    """Work on a claimed import in whichever step it is. Raises LeaseLost when it is not this worker's any more."""
    if job.step == ImportStep.CHECK:
        check_turn(job, batches=batches)
    elif job.step == ImportStep.UNDO:
        undo_turn(job, batches=batches)
    else:
        run_import(job, batches=batches)


def run_import(job: Import, *, batches: int) -> None:
    """Do the next batches; after the last what is left of the hold goes back, and its owner hears of it."""
    for _ in range(batches):
        if not save_batch(job):
            _finish(job)
            return
    leases.give_back(job, now=timezone.now())


@transaction.atomic
def _finish(job: Import) -> None:
    now = timezone.now()
    end(job, ImportStep.DONE, finished_at=now)
    import_telling.release(job, now=now)
    counts = counted(job)
    new, updated = counts.get(Verdict.NEW, 0), counts.get(Verdict.UPDATE, 0)
    title = f"“{job.name}” is imported: {new:,} new {plural(new, 'lead')}, {updated:,} updated"
    import_telling.tell_end(job, title=title, now=now)


@transaction.atomic
def fail_import(job: Import) -> None:
    """Give up one that lost its worker again and again: what was written stays, and can be undone, again after an undo."""
    mine = Import.objects.filter(pk=job.pk, epoch=job.epoch)
    if job.step == ImportStep.CHECK:
        mine.update(step=ImportStep.MAP, state=LeaseState.PAUSED, claimed=False, error=job.error)
        return
    now = timezone.now()
    done = {"step": ImportStep.DONE, "state": LeaseState.FAILED, "claimed": False, "counts": counted(job)}
    if not mine.update(error=job.error, **done):
        return
    if job.step == ImportStep.UNDO:
        import_telling.tell_end(job, title=f"The undo of “{job.name}” came to no end", now=now)
        return
    mine.update(finished_at=now)
    import_telling.release(job, now=now)
    import_telling.tell_end(job, title=f"“{job.name}” came to no end: some rows are not imported", now=now)


def record_download(job: Import, *, by: Any, now: datetime) -> None:
    """That the rows which were not imported left the product, and how many."""
    after = {"rows": sum(job.counts.get(each, 0) for each in LEFT_BEHIND)}
    auditing.record("import.downloaded", workspace_id=job.workspace_id, by=by, obj=job, after=after, now=now)


def work_off(job: Import) -> Import:
    """Do it at once, beside any workers, until a person has to go on or it has ended."""
    while job.is_working:
        leases.take_turn(Import, import_turn, pk=job.pk)
        job.refresh_from_db()
    return job
