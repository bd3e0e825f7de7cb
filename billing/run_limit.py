"""The most credits that one run of a workspace may hold."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from billing.models import User, Workspace
from billing.workspace_rule import as_credits, set_rule


def set_run_limit(workspace: Workspace, most: Decimal | None, *, by: User | None, now: datetime) -> Workspace:
    """For runs started from now on; None is no limit. Raises NotAllowed for whoever is no manager."""
    refusal = "Ask a manager: they set what a run may cost."
    verb = "workspace.run_limit"
    return set_rule(
        workspace, "most_credits_per_run", most, verb=verb, refusal=refusal, by=by, now=now, told=as_credits
    )
