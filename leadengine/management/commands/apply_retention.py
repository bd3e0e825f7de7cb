"""Shows or sets how long a workspace keeps leads, and erases what is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing import retention
from billing.models import Workspace
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.wording import plural
from leadengine.workflows.retaining import apply_retention, count_due


class Command(WorkspaceCommand):
    help = "Erases leads without a sign of life for the days that the workspace keeps them; the worker does it hourly."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="only count")
        parser.add_argument("--days", help="set it first (with --dry-run: suppose it): a number, or “forever”")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now, is_dry = self.workspace(options), timezone.now(), options["dry_run"]
        days = workspace.retention_days if options["days"] is None else _days(options["days"])
        if options["days"] is not None and not is_dry:
            by = self.person(workspace, options) if options["by"] else None
            workspace = retention.set_retention(workspace, days, by=by, now=now)
        due = count_due(workspace, days, now=now)
        erased = 0 if is_dry else _all(workspace, now)
        data = {"workspace": workspace.slug, "retention_days": days, "due": due, "erased": erased}
        kept = f"for {days} days" if days else "for ever"
        told = f"{due} {plural(due, 'lead')} due, {erased} erased"
        self.put(data, options, f"{workspace.name} keeps leads {kept}: {told}.")


def _all(workspace: Workspace, now: Any) -> int:
    """In batches, until nothing is due any more."""
    done = 0
    while batch := apply_retention(workspace, now=now):
        done += batch
    return done


def _days(text: str) -> int | None:
    if text == "forever":
        return None
    if not text.isdecimal() or not retention.FEWEST <= int(text) <= retention.MOST:
        raise CommandError(f"Give {retention.FEWEST} to {retention.MOST} days, or “forever”.")
    return int(text)
