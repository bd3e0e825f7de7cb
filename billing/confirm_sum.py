"""The sum above which an enrichment is confirmed a second time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from billing.models import User, Workspace
from billing.workspace_rule import as_credits, set_rule


def set_confirm_sum(workspace: Workspace, above: Decimal | None, *, by: User | None, now: datetime) -> Workspace:
    """None is never asked a second time. Raises NotAllowed for whoever is no manager."""
    refusal = "Ask a manager: they set which sums are confirmed a second time."
    verb = "workspace.confirm_above"
    return set_rule(workspace, "confirm_above", above, verb=verb, refusal=refusal, by=by, now=now, told=as_credits)
