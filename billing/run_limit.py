"""The most credits that one run of a workspace may hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role, User, Workspace


@transaction.atomic
def set_run_limit(workspace: Workspace, most: Decimal | None, *, by: User | None, now: datetime) -> Workspace:
    """For runs started from now on; None is no limit. Raises NotAllowed for whoever is no manager."""
    if power(by, workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed("Ask a manager: they set what a run may cost.")
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    before, after = ({"most_credits_per_run": _text(value)} for value in (workspace.most_credits_per_run, most))
    if before != after:
        workspace.most_credits_per_run = most
        workspace.save(update_fields=["most_credits_per_run"])
        auditing.record(
            "workspace.run_limit", workspace_id=workspace.pk, by=by, obj=workspace, before=before, after=after, now=now
        )
    return workspace


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
