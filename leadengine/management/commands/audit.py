"""Lists what was done in a workspace."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from billing.audit_log import GROUPS, AuditLine, audit_lines, events
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.naming_audit import subjects


class Command(WorkspaceCommand):
    help = "Lists what was done in a workspace, the newest first; --by leaves what one person did."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--group", choices=list(GROUPS), default="")
        parser.add_argument("--most", type=int, default=50)

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        actor = self.person(workspace, options).pk if options["by"] else None
        found = list(events(workspace, group=options["group"], actor_id=actor)[: options["most"]])
        lines = audit_lines(found, subjects(workspace, found, reader=None))
        data = {"workspace": workspace.slug, "events": [line.to_json() for line in lines]}
        self.put(data, options, "\n".join(map(_line, lines)) or "Nothing was done yet.")


def _line(line: AuditLine) -> str:
    changed = f" ({', '.join(line.changes)})" if line.changes else ""
    about = f" · {line.about.name}" if line.about.name else ""
    return f"{line.event.created_at:%Y-%m-%d %H:%M}  {line.who:<24} {line.what}{changed}{about}"
