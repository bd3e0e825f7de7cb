"""How many days a delivered lead counts as known to its workspace, and is not charged again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role, User, Workspace


@transaction.atomic
def set_reuse_days(workspace: Workspace, days: int, *, by: User | None, now: datetime) -> Workspace:
    """For batches that are judged from now on. Raises NotAllowed for whoever is no manager."""
    if power(by, workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed("Ask a manager: they set how long a lead stays known.")
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    if workspace.reuse_days != days:
        changed = {"before": {"reuse_days": workspace.reuse_days}, "after": {"reuse_days": days}}
        workspace.reuse_days = days
        workspace.save(update_fields=["reuse_days"])
        auditing.record("workspace.reuse_days", workspace_id=workspace.pk, by=by, obj=workspace, **changed, now=now)
    return workspace
