"""How far a rescoring is, kept with each batch of it: the worker's heartbeat."""

from __future__ import annotations

from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows.leases import LEASE, LeaseLost
from scoring.models import Rescoring

FIELDS = ("cursor", "done", "stalls", "due_at", "state", "claimed")


def keep(job: Rescoring) -> None:
    """Within the transaction of the batch. Raises LeaseLost when the job is not this worker's any more."""
    job.stalls, job.due_at = 0, timezone.now() + LEASE
    mine = Rescoring.objects.filter(pk=job.pk, epoch=job.epoch, state=LeaseState.RUNNING)
    if not mine.update(**{name: getattr(job, name) for name in FIELDS}):
        raise LeaseLost
