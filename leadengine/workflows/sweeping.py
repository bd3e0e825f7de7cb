"""Forgets what is only kept for a while: candidates, answers of runs, deleted groups, leads kept long enough, memories."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from enrichment import kept_opinions, remembering
from leadengine.workflows.inclusion import KEPT
from leadengine.workflows.purchases import UNSETTLED
from leadengine.workflows.retaining import retain
from leads.discarding import sweep_discarded
from leads.models import ACTIVE_STATES, Exclusion, Purchase, PurchaseState, RunState, SourceAnswer


def sweep(*, now: datetime) -> dict[str, int]:
    """What was forgotten, by kind. Harmless to repeat.

    A stopped run can be resumed and then uses the answer that was paid for: it is kept as long as a candidate.
    """
    old = Exclusion.objects.filter(created_at__lt=now - KEPT, candidate__isnull=False)
    exclusions = old.update(candidate=None, keys=[])
    may_go_on = Q(lane__run__state__in=ACTIVE_STATES) | Q(lane__run__state=RunState.STOPPED, fetched_at__gte=now - KEPT)
    answers, _ = SourceAnswer.objects.exclude(may_go_on).delete()
    settled = Q(state=PurchaseState.ANSWERED, asked_at__lt=now - UNSETTLED)
    Purchase.objects.filter(settled | Q(asked_at__lt=now - KEPT)).exclude(people=[]).update(people=[])
    memories = remembering.forget_expired(now=now) + kept_opinions.forget_expired(now=now)
    groups, erased = sweep_discarded(now=now), retain(now=now)
    return {"exclusions": exclusions, "answers": answers, "groups": groups, "memories": memories, "leads": erased}
