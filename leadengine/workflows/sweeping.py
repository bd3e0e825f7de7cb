"""Forgets what is only kept for a while: left-out candidates, answers of runs that ended, deleted groups, memories."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from enrichment.remembering import forget_expired
from leadengine.workflows.inclusion import KEPT
from leads.discarding import sweep_discarded
from leads.models import ACTIVE_STATES, Exclusion, RunState, SourceAnswer


def sweep(*, now: datetime) -> dict[str, int]:
    """What was forgotten, by kind. Harmless to repeat.

    A stopped run can be resumed and then uses the answer that was paid for: it is kept as long as a candidate.
    """
    old = Exclusion.objects.filter(created_at__lt=now - KEPT, candidate__isnull=False)
    exclusions = old.update(candidate=None, keys=[])
    may_go_on = Q(lane__run__state__in=ACTIVE_STATES) | Q(lane__run__state=RunState.STOPPED, fetched_at__gte=now - KEPT)
    answers, _ = SourceAnswer.objects.exclude(may_go_on).delete()
    memories = forget_expired(now=now)
    return {"exclusions": exclusions, "answers": answers, "groups": sweep_discarded(now=now), "memories": memories}
