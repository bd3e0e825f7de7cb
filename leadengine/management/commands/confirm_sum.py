"""Shows or sets the sum above which an enrichment of a workspace is confirmed a second time."""

from __future__ import annotations

from typing import Any

from billing.confirm_sum import set_confirm_sum
from billing.models import Workspace
from billing.workspace_rule import as_credits
from leadengine.management.credits_rule_command import CreditsRuleCommand


class Command(CreditsRuleCommand):
    help = "The sum above which an enrichment is confirmed a second time; “none” asks never, no value shows it."
    put_rule = staticmethod(set_confirm_sum)

    def show(self, workspace: Workspace, options: dict[str, Any]) -> None:
        text = as_credits(workspace.confirm_above)
        told = f"above {text} credits" if text else "never"
        data = {"workspace": workspace.slug, "confirm_above": text}
        self.put(data, options, f"Enrichments of {workspace.name} are confirmed a second time {told}.")
