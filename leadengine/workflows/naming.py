"""Names of runs for pages of apps that do not know runs."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from billing.models import Workspace
from leads.models import Run


def run_names(workspace: Workspace, ids: Collection[UUID]) -> dict[UUID, str]:
    """Number and name of each run of the workspace, in one query; unknown ones are left out."""
    runs = Run.objects.of(workspace).filter(pk__in=ids).values_list("pk", "number", "name")
    return {pk: f"Run {number}: {name}" for pk, number, name in runs}
