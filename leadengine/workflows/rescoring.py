"""A worker's turn at scoring a workspace again: batches of leads in the order of their keys, each one transaction.

Nobody is told that it ends, only that it does not.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.models import NotificationKind, Role
from billing.notifying import News, tell
from leadengine.leased import LeaseState
from leadengine.workflows import leases
from leadengine.workflows.averages import measure_turn
from leadengine.workflows.rescoring_progress import keep
from leadengine.workflows.telling import members
from scoring.models import Rescoring
from scoring.pending import drafts_of
from scoring.rescoring import Rescorer
from scoring.versions import title

BATCH = 50_000  # about a second, and 150 MB


def rescore_turn(job: Rescoring, *, batches: int) -> None:
    """Do the next batches of a claimed job, then give it back. Raises LeaseLost when it is not this worker's any more."""
    batches = measure_turn(job, batches=batches)
    rescorer = Rescorer.of(job.workspace, why=job.why, now=timezone.now())
    for _ in range(batches):
        if not _batch(job, rescorer):
            return
    leases.give_back(job, now=timezone.now())


def fail_rescoring(job: Rescoring) -> None:
    """Give up a job that lost its worker again and again; leads keep the scores they have, and managers hear of it."""
    mine = Rescoring.objects.filter(pk=job.pk, epoch=job.epoch)
    with transaction.atomic():
        if mine.update(state=LeaseState.FAILED, claimed=False, error=job.error):
            managers = members(job.workspace_id, Role.MANAGER, Role.OWNER)
            tell(job.workspace_id, managers, failure_of(job), now=timezone.now())


def failure_of(job: Rescoring) -> News:
    """ "Scoring leads again came to no end: 50,000 of 120,000 done", with what it was for."""
    return News(
        kind=NotificationKind.SCHEDULE_BLOCKED,
        key=f"rescoring:{job.pk}:failed",
        title=f"Scoring leads again came to no end: {job.done:,} of {job.leads:,} done",
        text=f"{job.why}. The others keep the scores they have; it is tried again in the night.{_unpublished(job)}",
        url=reverse("scoring:profiles"),
    )


def _unpublished(job: Rescoring) -> str:
    drafts = sorted(title(each) for each in drafts_of(job).values())
    return f" Not in force yet, and still a draft: {'; '.join(drafts)}. Publish it again." if drafts else ""


@transaction.atomic
def _batch(job: Rescoring, rescorer: Rescorer) -> bool:
    """One batch with the cursor behind it; False when there are no more leads."""
    after = job.cursor.get("after")
    number, last = rescorer.rescore(UUID(after) if after else None, BATCH)
    job.cursor = {"after": str(last)} if last else job.cursor
    job.done += number
    is_last = number < BATCH
    job.state, job.claimed = (LeaseState.DONE, False) if is_last else (LeaseState.RUNNING, True)
    keep(job)
    return not is_last
