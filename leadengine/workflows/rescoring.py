"""A worker's turn at scoring a workspace again: batches of leads in the order of their keys, each one transaction."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows import leases
from leadengine.workflows.leases import LEASE, LeaseLost
from scoring.models import Rescoring
from scoring.rescoring import Rescorer

BATCH = 50_000  # about a second, and 150 MB


def rescore_turn(job: Rescoring, *, batches: int) -> None:
    """Score the next batches of a claimed job, then give it back. Raises LeaseLost when it is not this worker's any more."""
    rescorer = Rescorer.of(job.workspace, why=job.why, now=timezone.now())
    for _ in range(batches):
        if not _batch(job, rescorer):
            return
    leases.give_back(job, now=timezone.now())


def fail_rescoring(job: Rescoring) -> None:
    """Give up a job that lost its worker again and again; leads keep the scores they have."""
    mine = Rescoring.objects.filter(pk=job.pk, epoch=job.epoch)
    mine.update(state=LeaseState.FAILED, claimed=False, error=job.error)


@transaction.atomic
def _batch(job: Rescoring, rescorer: Rescorer) -> bool:
    """One batch with the cursor behind it; False when there are no more leads."""
    after = job.cursor.get("after")
    number, last = rescorer.rescore(UUID(after) if after else None, BATCH)
    job.cursor = {"after": str(last)} if last else job.cursor
    job.done, job.stalls, job.due_at = job.done + number, 0, timezone.now() + LEASE
    is_last = number < BATCH
    job.state, job.claimed = (LeaseState.DONE, False) if is_last else (LeaseState.RUNNING, True)
    mine = Rescoring.objects.filter(pk=job.pk, epoch=job.epoch, state=LeaseState.RUNNING)
    fields = ("cursor", "done", "stalls", "due_at", "state", "claimed")
    if not mine.update(**{name: getattr(job, name) for name in fields}):
        raise LeaseLost
    return not is_last
