"""`manage.py look_up_lead`: find a lead's e-mail address, or its phone's line, as the buttons on its page do."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from enrichment.lookup_words import in_a_sentence
from enrichment.models import Lookup, LookupKind
from leadengine.management.commands.lead import find
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.wording import in_credits
from leadengine.workflows import leases
from leadengine.workflows.looking_up import lookup_turn
from leadengine.workflows.lookups import REFUSALS, start_lookup
from leadengine.workflows.picking import NotPickable
from leadengine.workflows.using_found import use_found


class Command(WorkspaceCommand):
    help = "Find a lead's e-mail address, or the carrier and line of its phone: nothing found costs nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("lead", help="the lead's id")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--find", dest="kind", choices=LookupKind.values, help="what is looked up")
        what.add_argument("--use", metavar="EMAIL", help="take an address that was found or suggested")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by, lead = self.person(workspace, options), find(workspace, options["lead"])
        try:
            if options["use"]:
                use_found(lead, options["use"], by=by, now=now)
                return self.put({"lead": str(lead.pk), "email": lead.email}, options, f"E-mail: {lead.email}.")
            lookup = work_off(start_lookup(lead, options["kind"], key=uuid4(), by=by, now=now))
        except (*REFUSALS, NotPickable) as refusal:
            raise CommandError(str(refusal)) from refusal
        if lookup.result is None:
            raise CommandError(lookup.error)
        told = {"lead": str(lead.pk), "charged": str(lookup.charged), "sandbox": lookup.is_invented, **lookup.result}
        cost = in_credits(lookup.charged) if lookup.charged else "Free"
        return self.put(told, options, f"{in_a_sentence(lookup)} {cost}.")


def work_off(lookup: Lookup) -> Lookup:
    """Do it at once, beside any workers."""
    while lookup.is_open:
        leases.take_turn(Lookup, lookup_turn, pk=lookup.pk)
        lookup.refresh_from_db()
    return lookup
