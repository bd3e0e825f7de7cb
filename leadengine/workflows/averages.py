"""A worker's turn at versions on their way into force over many leads: their averages are measured, then they are published."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing.models import User
from leadengine.workflows.published_versions import record_publication
from leadengine.workflows.rescoring_progress import keep
from scoring import versions
from scoring.measuring import Measurer, Sums, averages, basis_of
from scoring.models import Rescoring
from scoring.pending import drafts_of

BATCH = 50_000  # about a second


def measure_turn(job: Rescoring, *, batches: int) -> int:
    """Measures the next batches of a claimed job; how many of them are left when its versions are in force. Raises LeaseLost."""
    measurer: Measurer | None = None
    while job.to_publish and batches:
        measurer = measurer or _begun(job)
        if not _batch(job, measurer):
            measurer = None
        batches -= 1
    return batches


def _begun(job: Rescoring) -> Measurer:
    """From where it stopped, or from the first lead where other rules are in force by now."""
    measurer = Measurer.of(job.workspace, drafts_of(job), now=timezone.now())
    if job.cursor.get("basis") != measurer.basis:
        job.cursor = {"publish": job.to_publish, "basis": measurer.basis}
    return measurer


@transaction.atomic
def _batch(job: Rescoring, measurer: Measurer) -> bool:
    """One batch with the sums behind it, the last one with the publication; False when measuring is over, or begins anew."""
    sums: Sums = job.cursor.get("sums", {})
    after = job.cursor.get("after")
    number, last = measurer.add(sums, UUID(after) if after else None, BATCH)
    is_last = number < BATCH
    if is_last:
        is_published = _publish(job, measurer, sums)
        job.cursor = {} if is_published else {"publish": job.to_publish}
    else:
        job.cursor = job.cursor | {"sums": sums, "after": str(last), "measured": job.measured + number}
    keep(job)
    return not is_last


def _publish(job: Rescoring, measurer: Measurer, sums: Sums) -> bool:
    """Puts the drafts in force with what was measured; False where that is not of them, or not beside what is in force."""
    found, now = versions.locked(job.workspace), timezone.now()
    drafts = drafts_of(job)
    if basis_of(drafts, found) != measurer.basis:
        return False
    people = User.objects.in_bulk([user for user in job.to_publish.values() if user])
    ideals = {industry: versions.ideal_of(draft) for industry, draft in drafts.items()}
    for industry, draft in drafts.items():
        by = people.get(job.to_publish[str(draft.pk)] or 0)
        draft.expected, draft.ideal, draft.has_own_ideal = averages(sums, industry), ideals[industry], True
        before = versions.publish(draft, by=by, now=now)
        record_publication(draft, before, by=by, now=now)
    return True
