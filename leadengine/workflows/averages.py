"""A worker's turn at the averages of versions that were published over many leads, before these are scored again by them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leadengine.workflows.rescoring_progress import keep
from scoring.measuring import Measurer, Sums, freeze
from scoring.models import Rescoring

BATCH = 50_000  # about a second


def measure_turn(job: Rescoring, *, batches: int) -> int:
    """Measures the next batches of a claimed job; how many of them are left when it is done. Raises LeaseLost."""
    versions = job.to_measure
    if versions:
        measurer = Measurer.of(job.workspace, versions, now=timezone.now())
    while job.to_measure and batches:
        _batch(job, measurer)
        batches -= 1
    return batches


@transaction.atomic
def _batch(job: Rescoring, measurer: Measurer) -> None:
    """One batch with the sums behind it; after the last one the averages stand in the versions."""
    sums: Sums = job.cursor.get("sums", {})
    after = job.cursor.get("after")
    number, last = measurer.add(sums, UUID(after) if after else None, BATCH)
    if number < BATCH:
        freeze(job.workspace_id, sums)
        job.cursor = {}
    else:
        job.cursor |= {"sums": sums, "after": str(last), "measured": job.measured + number}
    keep(job)
