"""How many days without a sign of life a workspace keeps a lead; a change is audited."""

from __future__ import annotations

from datetime import datetime

from billing.models import User, Workspace
from billing.workspace_rule import set_rule

FEWEST, MOST = 30, 3650


def set_retention(workspace: Workspace, days: int | None, *, by: User | None, now: datetime) -> Workspace:
    """None keeps leads for ever. Raises NotAllowed for whoever is no manager."""
    refusal = "Ask a manager: they set how long leads are kept."
    return set_rule(workspace, "retention_days", days, verb="workspace.retention", refusal=refusal, by=by, now=now)
