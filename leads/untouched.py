"""Which leads nobody has touched yet, as a condition on leads; asks no database."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from leads.models import Activity, ActivityKind

NEW = "new"
# What is known of a lead got better, by a check or an enrichment; its facts that a person edited have an edit's number.
BETTERED = Q(kind__in=[ActivityKind.CHECKED, ActivityKind.ENRICHED]) | Q(kind=ActivityKind.EDITED, edit_id__isnull=True)


def is_untouched(*, or_handed_over: bool = False) -> Q:
    """In the stage `new`, and no person has done anything: no call, no note, no edit, and no change of owner, unless that
    is let pass. To verify or enrich is not to begin, whoever ordered it; nor is what a run did of itself."""
    done = Activity.objects.filter(workspace=OuterRef("workspace"), lead=OuterRef("pk"))
    done = done.filter(by__isnull=False, run_id__isnull=True).exclude(BETTERED)
    if or_handed_over:
        done = done.exclude(kind=ActivityKind.OWNER)
    return Q(~Exists(done), stage__key=NEW)
