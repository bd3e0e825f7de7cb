"""Forgets imports that nobody went on with, and what was kept of others for their undo and their report."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadengine.workflows.imports import discard_import
from leads.models import RESUMABLE_FOR, UNDO_FOR, UNFINISHED, Import, ImportChange, ImportRow, ImportStep

REPORT_FOR = timedelta(days=30)
AT_ONCE = 20


def sweep_imports(*, now: datetime) -> int:
    """How many were given up for lost. What others changed is kept until nobody can undo it, their rows for a month."""
    lost = Import.objects.filter(step__in=UNFINISHED, created_at__lt=now - RESUMABLE_FOR)
    abandoned = list(lost.order_by("created_at", "pk")[:AT_ONCE])
    for job in abandoned:
        discard_import(job)
    done = Import.objects.filter(step__in=[ImportStep.DONE, ImportStep.UNDONE])
    ImportChange.objects.filter(of__in=done.filter(finished_at__lt=now - UNDO_FOR).values("pk")).delete()
    ImportRow.objects.filter(of__in=done.filter(finished_at__lt=now - REPORT_FOR).values("pk")).delete()
    return len(abandoned)
