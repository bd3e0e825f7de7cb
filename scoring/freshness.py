"""How old the scores of a workspace are: what fades with time stands in them as it was when they were made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min

from leadengine.leased import LeaseState
from scoring.models import LeadScore, Rescoring

FRESH = timedelta(hours=36)  # from one nightly rescoring to the next, and half a day for one that began late


def as_of(workspace: Any) -> datetime | None:
    """Since when every score was made, or looked at again and found the same; None without scores."""
    oldest = LeadScore.objects.of(workspace).aggregate(oldest=Min("scored_at"))["oldest"]
    ended = Rescoring.objects.of(workspace).filter(state=LeaseState.DONE).order_by("-created_at")
    last = ended.values_list("created_at", flat=True).first()
    return max(oldest, last) if oldest and last else oldest


def is_stale(since: datetime | None, *, now: datetime) -> bool:
    """Whether so much may have faded since that stored values tell neither what a version changes nor its averages."""
    return since is not None and now - since > FRESH
