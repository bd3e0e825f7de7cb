"""Shows or sets the sum above which an enrichment of a workspace is confirmed a second time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.confirm_sum import set_confirm_sum
from billing.membership import NotAllowed
from billing.models import Workspace
from billing.workspace_rule import as_credits
from leadengine.management.commands.member import limit_of
from leadengine.management.workspace_command import WorkspaceCommand


class Command(WorkspaceCommand):
    help = "The sum above which an enrichment is confirmed a second time; “none” asks never, no value shows it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("credits", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        if options["credits"]:
            by, above = self.person(workspace, options) if options["by"] else None, limit_of(options["credits"])
            try:
                workspace = set_confirm_sum(workspace, above, by=by, now=timezone.now())
            except NotAllowed as refusal:
                raise CommandError(str(refusal)) from refusal
        self.show(workspace, options)

    def show(self, workspace: Workspace, options: dict[str, Any]) -> None:
        text = as_credits(workspace.confirm_above)
        told = f"above {text} credits" if text else "never"
        data = {"workspace": workspace.slug, "confirm_above": text}
        self.put(data, options, f"Enrichments of {workspace.name} are confirmed a second time {told}.")
