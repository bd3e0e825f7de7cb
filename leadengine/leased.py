"""The one lease model of all long work: a row is claimed, worked on in slices, and comes back by itself when a worker dies.

`due_at` is both things at once: when a worker may take the row, and, while it is claimed, when its lease ends. So no reaper
is needed: a dead worker's row simply falls due (docs/adr/0003).
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class LeaseState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"
    FAILED = "failed", "Failed"


OPEN_STATES = (LeaseState.QUEUED, LeaseState.RUNNING)


class Leased(models.Model):
    """A row that workers take turns on; `epoch` fences off a worker whose lease was given to another."""

    state = models.CharField(max_length=8, choices=LeaseState, default=LeaseState.QUEUED)
    cursor = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    claimed = models.BooleanField(default=False)
    taken_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker last took it: the measure of fairness."
    )
    epoch = models.PositiveIntegerField(default=0)
    stalls = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True
