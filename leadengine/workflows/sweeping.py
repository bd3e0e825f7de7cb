"""Forgets what is only kept for a while: candidates, answers of runs, deleted groups, leads kept long enough, memories."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from enrichment import kept_opinions, remembering
from leadengine.leased import LeaseState
from leadengine.workflows.import_sweeping import sweep_imports
from leadengine.workflows.inclusion import KEPT
from leadengine.workflows.purchases import UNSETTLED
from leadengine.workflows.retaining import retain
from leads.directory import refreshing
from leads.discarding import sweep_discarded
from leads.models import ACTIVE_STATES, Exclusion, Purchase, PurchaseState, RunState, SourceAnswer


def sweep(*, now: datetime) -> dict[str, int]:
    """What was forgotten, by kind. Harmless to repeat.

    A stopped run can be resumed, a source that failed be asked again; they then use the answer that was paid for: it is
    kept as long as a candidate.
    """
    old = Exclusion.objects.filter(created_at__lt=now - KEPT, candidate__isnull=False)
    exclusions = old.update(candidate=None, keys=[])
    rests = Q(lane__run__state=RunState.STOPPED) | Q(lane__state=LeaseState.FAILED)
    may_go_on = Q(lane__run__state__in=ACTIVE_STATES) | (rests & Q(fetched_at__gte=now - KEPT))
    answers, _ = SourceAnswer.objects.exclude(may_go_on).delete()
    settled = Q(state=PurchaseState.ANSWERED, asked_at__lt=now - UNSETTLED)
    Purchase.objects.filter(settled | Q(asked_at__lt=now - KEPT)).exclude(people=[]).update(people=[])
    memories = remembering.forget_expired(now=now) + kept_opinions.forget_expired(now=now)
    groups, imports, erased = sweep_discarded(now=now), sweep_imports(now=now), retain(now=now)
    refreshing.roll_up_anew()
    told = {"exclusions": exclusions, "answers": answers, "groups": groups, "memories": memories}
    return told | {"imports": imports, "leads": erased}
