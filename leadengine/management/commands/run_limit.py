"""Shows or sets the most credits that one run of a workspace may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.membership import NotAllowed
from billing.models import User, Workspace
from billing.run_limit import set_run_limit
from billing.workspace_rule import as_credits
from leadengine.management.commands.member import limit_of
from leadengine.management.workspace_command import WorkspaceCommand


class Command(WorkspaceCommand):
    help = "The most credits a run may hold; “none” takes the limit away, no value shows it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("credits", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        if options["credits"]:
            by = self.person(workspace, options) if options["by"] else None
            workspace = self.limited(workspace, limit_of(options["credits"]), by)
        self.show(workspace, options)

    def limited(self, workspace: Workspace, most: Decimal | None, by: User | None) -> Workspace:
        try:
            return set_run_limit(workspace, most, by=by, now=timezone.now())
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal

    def show(self, workspace: Workspace, options: dict[str, Any]) -> None:
        text = as_credits(workspace.most_credits_per_run)
        data = {"workspace": workspace.slug, "most_credits_per_run": text}
        self.put(data, options, f"A run of {workspace.name} may hold {f'{text} credits' if text else 'any amount'}.")
