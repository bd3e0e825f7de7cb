"""How far an import is, kept with each batch of it: the worker's heartbeat, and the fence behind which it stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows.import_reading import Reading, read_row
from leadengine.workflows.leases import LEASE, LeaseLost
from leads.importing import counted
from leads.models import Import, ImportRow, ImportStep, SourceFile, SourceFileRow, Verdict


def locked(job: Import) -> Import:
    """The import, locked until the transaction ends. Raises LeaseLost when it is not this worker's any more."""
    found: Import | None = _mine(job).select_for_update(no_key=True, of=("self",)).select_related("file").first()
    if found is None:
        raise LeaseLost
    return found


def keep(job: Import, *, rest: bool = False) -> None:
    """With what was just written: a whole lease from now on, or with `rest` none, until a person goes on.

    Raises LeaseLost when it is not this worker's any more.
    """
    state = LeaseState.PAUSED if rest else LeaseState.RUNNING
    due_at = timezone.now() + LEASE
    if not _mine(job).update(state=state, claimed=not rest, cursor=job.cursor, stalls=0, due_at=due_at):
        raise LeaseLost


def _mine(job: Import) -> QuerySet[Import]:
    """The row, while it is this worker's, in this step."""
    return Import.objects.filter(pk=job.pk, epoch=job.epoch, state=LeaseState.RUNNING, step=job.step)


def end(job: Import, step: ImportStep, **fields: object) -> None:
    """Ends the work of this step with the counts as they are now. Raises LeaseLost."""
    keep(job, rest=True)
    state = LeaseState.PAUSED if step == ImportStep.CHECK else LeaseState.DONE
    Import.objects.filter(pk=job.pk).update(step=step, state=state, cursor={}, counts=counted(job), **fields)


def heads(job: Import, most: int) -> list[ImportRow]:
    """The next rows that stand for a person and are not done; nobody else has them while the import is locked."""
    rows = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, is_done=False)
    own = rows.exclude(verdict__in=[Verdict.DUPLICATE, Verdict.ERROR])
    return list(own.order_by("line")[:most])


def readings(file: SourceFile, job: Import, rows: Sequence[ImportRow]) -> dict[int, list[Reading]]:
    """By the line of each of these rows the row itself and its duplicates, as they can be read now. Two queries."""
    own = ImportRow.objects.filter(workspace_id=job.workspace_id, of=job, head__in=[row.line for row in rows])
    heads_of = dict(own.exclude(verdict=Verdict.ERROR).order_by("line").values_list("line", "head"))
    found: dict[int, list[Reading]] = {row.line: [] for row in rows}
    for row in lines_of(file, heads_of):
        found[heads_of[row.line]].append(read_row(job, file, row))
    return found


def lines_of(file: SourceFile, lines: Iterable[int]) -> list[SourceFileRow]:
    rows = SourceFileRow.objects.filter(workspace_id=file.workspace_id, file=file, line__in=list(lines))
    return list(rows.order_by("line"))
