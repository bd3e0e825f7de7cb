"""Shows or sets how many days a delivered lead stays known to a workspace."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.reuse_window import set_reuse_days
from leadengine.management.workspace_command import WorkspaceCommand


class Command(WorkspaceCommand):
    help = "How many days a delivered lead stays known and is not charged again; without a number it is shown."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("days", nargs="?", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, days = self.workspace(options), options["days"]
        if days is not None:
            if not 1 <= days <= 3650:
                raise CommandError("Give 1 to 3650 days.")
            by = self.person(workspace, options) if options["by"] else None
            workspace = set_reuse_days(workspace, days, by=by, now=timezone.now())
        data = {"workspace": workspace.slug, "reuse_days": workspace.reuse_days}
        self.put(data, options, f"In {workspace.name} a delivered lead stays known for {workspace.reuse_days} days.")
