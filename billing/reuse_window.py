"""How many days a delivered lead counts as known to its workspace, and is not charged again."""

from __future__ import annotations

from datetime import datetime

from billing.models import User, Workspace
from billing.workspace_rule import set_rule


def set_reuse_days(workspace: Workspace, days: int, *, by: User | None, now: datetime) -> Workspace:
    """For batches that are judged from now on. Raises NotAllowed for whoever is no manager."""
    refusal = "Ask a manager: they set how long a lead stays known."
    return set_rule(workspace, "reuse_days", days, verb="workspace.reuse_days", refusal=refusal, by=by, now=now)
