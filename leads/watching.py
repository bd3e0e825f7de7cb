"""Who is told when a run ends."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from leads.models import Run, RunWatcher


def watch(run: Run, user: Any) -> None:
    RunWatcher.objects.get_or_create(workspace_id=run.workspace_id, run=run, user=user)


def unwatch(run: Run, user: Any) -> None:
    RunWatcher.objects.filter(run=run, user=user).delete()


def is_watched_by(user: Any) -> Exists:
    """For a query of runs."""
    return Exists(RunWatcher.objects.filter(run=OuterRef("pk"), user=user))
