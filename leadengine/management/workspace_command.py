"""What commands on a workspace share: its option, JSON output, and errors as sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing.models import User, Workspace
from leadengine.management.blaming import blamed


class WorkspaceCommand(BaseCommand):
    """A command that acts in one workspace, in the name of one of its people."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workspace", required=True, help="the workspace's slug")
        parser.add_argument("--by", default="", help="e-mail of the person it is done for; default: the first owner")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def workspace(self, options: dict[str, Any]) -> Workspace:
        found = Workspace.objects.filter(slug=options["workspace"]).first()
        if found is None:
            known = ", ".join(Workspace.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no workspace “{options['workspace']}”. Known: {known}.")
        return found

    def person(self, workspace: Workspace, options: dict[str, Any]) -> User:
        members = workspace.memberships.filter(is_active=True).select_related("user")
        if options["by"]:
            members = members.filter(user__email__iexact=options["by"])
        ranked = sorted(members, key=lambda each: (["owner", "manager", "rep"].index(each.role), each.pk))
        if not ranked:
            raise CommandError(
                f"Nobody{' called ' + options['by'] if options['by'] else ''} works in {workspace.name}."
            )
        return ranked[0].user

    def put(self, data: dict[str, Any], options: dict[str, Any], text: str) -> None:
        """Print the result: as one JSON object, or in words."""
        self.stdout.write(json.dumps(data, ensure_ascii=False) if options["json"] else text)


def address(text: str) -> str:
    """An e-mail address that an account may have, or a CommandError."""
    try:
        User(email=text).clean_fields(exclude={field.name for field in User._meta.fields} - {"email"})
    except ValidationError as wrong:
        raise CommandError(f"“{text}” is no e-mail address.") from wrong
    return text


def short(text: str, most: int, what: str) -> str:
    """A text that its column holds, or a CommandError."""
    if len(text) > most:
        raise CommandError(f"{what} is longer than {most} characters.")
    return text


def json_argument(text: str) -> Any:
    """JSON given as text or as the name of a file; CommandError says what is wrong with it."""
    try:
        with blamed(text):
            content = text if text.lstrip().startswith(("{", "[")) else Path(text).read_text(encoding="utf-8")
        return json.loads(content)
    except UnicodeDecodeError as error:
        raise CommandError(f"{text} is not in UTF-8.") from error
    except RecursionError as error:
        raise CommandError("This JSON is nested too deeply.") from error
    except ValueError as error:
        raise CommandError(f"This is not JSON: {str(error)[:200]}.") from error
