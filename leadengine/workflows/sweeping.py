"""Forgets what is only kept for a while: left-out candidates, answers of runs that ended, deleted tags and lists."""

from __future__ import annotations

from datetime import datetime

from leadengine.workflows.inclusion import KEPT
from leads.discarding import sweep_discarded
from leads.models import ACTIVE_STATES, Exclusion, SourceAnswer


def sweep(*, now: datetime) -> dict[str, int]:
    """What was forgotten, by kind. Harmless to repeat."""
    old = Exclusion.objects.filter(created_at__lt=now - KEPT, candidate__isnull=False)
    exclusions = old.update(candidate=None, keys=[])
    answers, _ = SourceAnswer.objects.exclude(lane__run__state__in=ACTIVE_STATES).delete()
    return {"exclusions": exclusions, "answers": answers, "groups": sweep_discarded(now=now)}
