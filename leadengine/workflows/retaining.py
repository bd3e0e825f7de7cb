"""Erases leads that were kept long enough, a few at a time; their people are not suppressed and may be found again."""

from __future__ import annotations

import logging
from datetime import datetime
from math import inf
from time import monotonic
from typing import Any

from django.db import DatabaseError, transaction

from billing import auditing
from billing.models import Workspace
from leadengine.workflows.forgetting_answers import forget_answers
from leadengine.workflows.forgetting_checks import forget_checks, locked_checks
from leads.erasing import erase_forgotten
from leads.models import Lead
from leads.retention import due

BATCH = 50
SECONDS = 2.0  # for which whoever watches over the workers may be kept from it

log = logging.getLogger("leadengine.retention")


def count_due(workspace: Any, days: int | None, *, now: datetime) -> int:
    """How many leads would be erased if they were kept for so many days; None is for ever."""
    return due(workspace, days, now=now).count() if days else 0


def retain(*, now: datetime, most: int = BATCH, seconds: float = SECONDS) -> int:
    """Erase what is due in all workspaces: at most so many leads, and for so long; answers how many.

    Harmless to repeat; 0 when nothing is due any more.
    """
    done, until = 0, monotonic() + seconds
    for workspace in Workspace.objects.filter(retention_days__isnull=False).order_by("pk"):
        if done and (done >= most or monotonic() >= until):
            break
        done += apply_retention(workspace, now=now, most=most - done, until=until)
    return done


def apply_retention(workspace: Workspace, *, now: datetime, most: int = BATCH, until: float = inf) -> int:
    """Erase what is due in one workspace, the oldest first, each lead by itself; the audit gets the number.

    `until` is a moment of the monotonic clock after which no further lead is begun.
    """
    if not workspace.retention_days:
        return 0
    oldest = due(workspace, workspace.retention_days, now=now).order_by("updated_at", "pk").values_list("pk", flat=True)
    done = 0
    for pk in list(oldest[:most]):
        done += _erase(workspace, pk, now)
        if monotonic() >= until:
            break
    if done:
        forget_answers(workspace.pk)
        after = {"leads": done, "days": workspace.retention_days}
        auditing.record("retention.applied", workspace_id=workspace.pk, by=None, obj=workspace, after=after, now=now)
    return done


def _erase(workspace: Workspace, pk: Any, now: datetime) -> bool:
    """Whether it was still due, and nobody else was at it."""
    try:
        with transaction.atomic():
            checks = locked_checks(Lead(pk=pk, workspace=workspace))
            still = due(workspace, workspace.retention_days or 0, now=now).filter(pk=pk)
            lead = still.select_for_update(no_key=True, of=("self",), skip_locked=True).first()
            if lead:
                forget_checks(lead, checks, now=now)
                erase_forgotten(lead, now=now)
    except DatabaseError:
        log.exception("lead %s was not erased", pk)
        return False
    return lead is not None
