"""What commands share that show or set a sum of credits by which a workspace goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.membership import NotAllowed
from billing.models import Workspace
from leadengine.management.commands.member import limit_of
from leadengine.management.workspace_command import WorkspaceCommand


class CreditsRuleCommand(WorkspaceCommand):
    """A command with a sum, “none”, or nothing behind it; `put_rule` writes it, `show` tells how it stands then."""

    put_rule: Callable[..., Workspace]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("credits", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        if options["credits"]:
            by, credits = self.person(workspace, options) if options["by"] else None, limit_of(options["credits"])
            try:
                workspace = self.put_rule(workspace, credits, by=by, now=timezone.now())
            except NotAllowed as refusal:
                raise CommandError(str(refusal)) from refusal
        self.show(workspace, options)

    def show(self, workspace: Workspace, options: dict[str, Any]) -> None:
        raise NotImplementedError
