"""Forgets what is only kept for a while: candidates of exclusions after 30 days, answers of runs that ended."""

from __future__ import annotations

from datetime import datetime

from leadengine.workflows.inclusion import KEPT
from leads.models import ACTIVE_STATES, Exclusion, SourceAnswer


def sweep(*, now: datetime) -> dict[str, int]:
    """What was forgotten, by kind. Harmless to repeat."""
    old = Exclusion.objects.filter(created_at__lt=now - KEPT, candidate__isnull=False)
    exclusions = old.update(candidate=None, keys=[])
    answers, _ = SourceAnswer.objects.exclude(lane__run__state__in=ACTIVE_STATES).delete()
    return {"exclusions": exclusions, "answers": answers}
