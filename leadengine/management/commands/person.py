"""Hands over or erases what a workspace holds on one person, from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.membership import NotAllowed
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.erasing import erase, erase_from_records, hand_over
from leads.erasing import find_person, no_lead, traces
from leads.models import Lead


class Command(WorkspaceCommand):
    help = "export: prints everything held on a person. erase: removes it for good; a hash keeps them from coming back."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("act", choices=("export", "erase"))
        parser.add_argument("who", help="e-mail address, LinkedIn profile, phone number with country code, or name")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by, now = self.person(workspace, options), timezone.now()
        lead = self.only(workspace, options["who"])
        try:
            if options["act"] == "export":
                data = json.loads(json.dumps(hand_over(lead, by=by, now=now), default=str))
                self.put(data, options, json.dumps(data, ensure_ascii=False, indent=2))
            elif lead._state.adding:
                erase_from_records(lead, by=by, now=now)
                self.put({"lead": None, "erased": True}, options, "Erased from all records; there was no lead.")
            else:
                left = erase(lead, by=by, now=now)
                told = f" The name still stands in {sum(left.values())} texts of colleagues." if left else ""
                data = {"lead": str(lead.pk), "erased": True, "name_still_in": left}
                self.put(data, options, f"Erased; lead {lead.pk} is a stub now.{told}")
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal

    def only(self, workspace: Any, who: str) -> Lead:
        """The lead that is meant, or somebody who is none but is named in records."""
        found = list(find_person(workspace, who).select_related("company", "workspace")[:2])
        somebody = None if found else no_lead(workspace, who)
        if somebody and traces(somebody):
            return somebody
        if not found:
            raise CommandError(f"{workspace.name} holds no lead called “{who}”.")
        if len(found) > 1:
            raise CommandError(f"More than one lead is called “{who}”: name an e-mail address or a profile.")
        return found[0]
