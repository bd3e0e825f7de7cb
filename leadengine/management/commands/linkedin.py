"""`manage.py linkedin`: a workspace's connection to LinkedIn as its page shows it: state, address to connect, disconnect."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from billing.models import Workspace
from leadengine.http import Unanswered
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.sealing import NoSealingKey
from leadengine.workflows import linkedin as connecting
from leadengine.workflows.linkedin_hook import switch_off, switch_on
from leads.models import LinkedInConnection
from leads.providers import linkedin
from leads.sources.social.linkedin import connection

ACTS = {"on": switch_on, "off": switch_off, "disconnect": connecting.disconnect}


class Command(WorkspaceCommand):
    help = "Tells how LinkedIn is connected; connects in two steps (--url, then --code), disconnects."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--back", default="", help="the address to be sent back to; default: this server's callback"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--url", action="store_true", help="print where a person allows it, with a new state")
        what.add_argument("--code", default="", help="the code that LinkedIn sent back")
        what.add_argument("--webhook", choices=("on", "off"), help="have LinkedIn tell at once, or no more")
        what.add_argument("--disconnect", action="store_true")
        what.add_argument(
            "--take-in",
            type=int,
            metavar="CREDITS",
            help="make each response a lead at once; at most so many a month",
        )
        what.add_argument("--no-take-in", action="store_true", help="let responses wait for a run")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by = self.person(workspace, options)
        back = options["back"] or f"{settings.SITE_URL}{reverse('leads:linkedin-callback')}"
        try:
            if options["url"]:
                state = secrets.token_urlsafe(24)
                url = linkedin.authorize_url(linkedin.app_of(workspace.pk), back=back, state=state)
                self.put({"url": url, "state": state}, options, url)
                return
            if options["code"]:
                connecting.connect(workspace, code=options["code"], back=back, by=by, now=now)
            if options["take_in"] is not None or options["no_take_in"]:
                take_in(_connected(workspace), options["take_in"], by=by, now=now)
            if act := ACTS.get("disconnect" if options["disconnect"] else options["webhook"]):
                act(_connected(workspace), by=by, now=now)
        except (Unanswered, NoSealingKey) as refusal:
            raise CommandError(str(refusal)) from refusal
        told = connecting.status(workspace, now=now).to_json()
        self.put(told, options, f"LinkedIn: {told['state']}. {told.get('account_name', '')} {told['said']}".strip())


def take_in(found: LinkedInConnection, most: int | None, *, by: Any, now: datetime) -> None:
    if most is not None and most < 1:
        raise CommandError("Give at least 1 credit a month.")
    choice = connecting.Choice(found.account, found.account_name, found.since, Decimal(most) if most else None)
    connecting.choose(found, choice, by=by, now=now)


def _connected(workspace: Workspace) -> LinkedInConnection:
    found = connection(workspace.pk)
    if found is None:
        raise CommandError(f"LinkedIn is not connected in {workspace.name}.")
    return found
