"""Which leads nobody has touched yet, as a condition on leads; asks no database."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from leads.models import Activity, ActivityKind

NEW = "new"


def is_untouched(*, or_handed_over: bool = False) -> Q:
    """In the stage `new`, and no person has done anything: no call, no note, no edit, no check by hand, and no change of
    owner, unless that is let pass. What a run did of itself, such as its verification, does not count."""
    done = Activity.objects.filter(workspace=OuterRef("workspace"), lead=OuterRef("pk"))
    done = done.filter(by__isnull=False, run_id__isnull=True)
    if or_handed_over:
        done = done.exclude(kind=ActivityKind.OWNER)
    return Q(~Exists(done), stage__key=NEW)
