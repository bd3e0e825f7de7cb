"""How many days without a sign of life a workspace keeps a lead; a change is audited."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role, User, Workspace

FEWEST, MOST = 30, 3650


@transaction.atomic
def set_retention(workspace: Workspace, days: int | None, *, by: User | None, now: datetime) -> Workspace:
    """None keeps leads for ever. Raises NotAllowed for whoever is no manager."""
    if power(by, workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed("Ask a manager: they set how long leads are kept.")
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    if workspace.retention_days != days:
        changed = {"before": {"retention_days": workspace.retention_days}, "after": {"retention_days": days}}
        workspace.retention_days = days
        workspace.save(update_fields=["retention_days"])
        auditing.record("workspace.retention", workspace_id=workspace.pk, by=by, obj=workspace, **changed, now=now)
    return workspace
