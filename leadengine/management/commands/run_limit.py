"""Shows or sets the most credits that one run of a workspace may hold."""

from __future__ import annotations

from typing import Any

from billing.models import Workspace
from billing.run_limit import set_run_limit
from billing.workspace_rule import as_credits
from leadengine.management.credits_rule_command import CreditsRuleCommand


class Command(CreditsRuleCommand):
    help = "The most credits a run may hold; “none” takes the limit away, no value shows it."
    put_rule = staticmethod(set_run_limit)

    def show(self, workspace: Workspace, options: dict[str, Any]) -> None:
        text = as_credits(workspace.most_credits_per_run)
        data = {"workspace": workspace.slug, "most_credits_per_run": text}
        self.put(data, options, f"A run of {workspace.name} may hold {f'{text} credits' if text else 'any amount'}.")
