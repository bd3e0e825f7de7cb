"""`manage.py verify_lead`: verify a lead's e-mail address as the button on its page does, and tell the verdict."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from billing.models import User, Workspace
from enrichment.models import EmailCheck
from enrichment.opinion_words import opinions
from enrichment.wording import sentence
from leadengine.management.commands.lead import find
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.wording import in_credits
from leadengine.workflows.bulk_checks import start_checks, work_off_order
from leadengine.workflows.correcting import correct_email
from leadengine.workflows.picking import NotPickable
from leadengine.workflows.verification import REFUSALS, start_check, work_off
from leads.models import Lead


class Command(WorkspaceCommand):
    help = "Verify a lead's e-mail address: deliverable and undeliverable cost what the price list says, else nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("lead", nargs="?", help="the lead's id, or its e-mail address")
        whom.add_argument("--ids", nargs="+", type=UUID, metavar="ID", help="many leads, as one order")
        whom.add_argument("--all", action="store_true", help="all leads with an address that needs it, as one order")
        parser.add_argument(
            "--correct", action="store_true", help="use the spelling that the last verification suggested"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by, now = self.person(workspace, options), timezone.now()
        if not options["lead"]:
            return self._many(workspace, by, now, options)
        lead = find(workspace, options["lead"])
        try:
            if options["correct"]:
                correct_email(lead, by=by, now=now)
                told = {"lead": str(lead.pk), "email": lead.email}
                return self.put(told, options, f"E-mail: {lead.email}. It is not checked yet.")
            check = work_off(start_check(lead, key=uuid4(), by=by, now=now))
        except (*REFUSALS, NotPickable) as refusal:
            raise CommandError(str(refusal)) from refusal
        told = described(lead, check)
        return self.put(told, options, in_words(told))

    def _many(self, workspace: Workspace, by: User, now: datetime, options: dict[str, Any]) -> None:
        leads = Lead.objects.of(workspace).living()
        leads = leads.filter(pk__in=options["ids"]) if options["ids"] else leads
        try:
            held = start_checks(leads, workspace=workspace, key=uuid4(), by=by, shown_at_most=None, now=now)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal
        told = work_off_order(held)
        shares = ", ".join(f"{number} {status}" for status, number in told.verdicts.items() if number)
        later = f" {told.put_off} asked again later." if told.put_off else ""
        cost = ", ".join([in_credits(told.credits), *map(str, told.outside)])
        self.put(told.to_json(), options, f"{told.ordered} ordered: {shares or 'no verdict yet'}. {cost}.{later}")


def described(lead: Lead, check: EmailCheck) -> dict[str, Any]:
    """The verdict with what it cost; raises CommandError when there is none."""
    if check.verdict is None:
        raise CommandError(check.error)
    about: dict[str, Any] = {"lead": str(lead.pk), "check": str(check.pk), "email": check.email}
    again = check.asked_again_at
    about |= {"charged": str(check.charged), "sandbox": check.is_invented, "known": check.is_known}
    return about | check.verdict | {"asked_again_at": again.isoformat() if again else None}


def in_words(told: dict[str, Any]) -> str:
    charged = Decimal(told["charged"])
    cost = in_credits(charged) if charged else "Free"
    cost = f"Asked again at {told['asked_again_at'][11:16]} UTC" if told["asked_again_at"] else cost
    end = f" Likelier: {told['suggestion']} (--correct)." if told["suggestion"] else ""
    sandbox = " Sandbox: invented data." if told["sandbox"] else ""
    outside = "".join(f" {title}: {words}." for title, words in opinions(told["evidence"].get("external") or ()))
    return f"{told['email']}: {told['status']}. {sentence(told['reason'])} {cost}.{outside}{end}{sandbox}"
