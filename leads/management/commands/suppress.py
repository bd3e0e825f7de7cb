"""Puts an address on the suppression list of a workspace, or takes it off, from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.workspace_command import WorkspaceCommand, short
from leadengine.workflows.suppression import lift_suppression, suppress_and_mark
from leads.models import SuppressionKind
from leads.suppressing import UnusableSuppression, find


class Command(WorkspaceCommand):
    help = "Suppresses an e-mail address, domain, phone number or LinkedIn profile; repeated it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=[kind for kind, _ in SuppressionKind.addresses()])
        parser.add_argument("--value", required=True, help="the address; only a hash of it is kept")
        parser.add_argument("--note", default="", help="why, without naming anybody")
        parser.add_argument("--remove", action="store_true", help="take it off the list instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data, text = self.remove(options) if options["remove"] else self.add(options)
        except UnusableSuppression as error:
            raise CommandError(str(error)) from error
        self.put(data, options, text)

    def add(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        workspace = self.workspace(options)
        by, now = self.person(workspace, options), timezone.now()
        kind, value = options["kind"], options["value"]
        note = short(options["note"], 200, "The note")
        marked = suppress_and_mark(workspace, kind, value, note=note, by=by, now=now)
        data = {"workspace": workspace.slug, "kind": kind, "listed": True, "marked": marked}
        return data, f"On the suppression list of {workspace.name}; leads marked “do not contact”: {marked}."

    def remove(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        workspace = self.workspace(options)
        entry = find(options["kind"], options["value"], workspace=workspace)
        if entry is None:
            raise CommandError(f"It is not on the suppression list of {workspace.name}.")
        lift_suppression(entry, by=self.person(workspace, options), now=timezone.now())
        data = {"workspace": workspace.slug, "kind": options["kind"], "listed": False, "marked": 0}
        return data, f"Off the suppression list of {workspace.name}. Leads that were marked stay marked."
