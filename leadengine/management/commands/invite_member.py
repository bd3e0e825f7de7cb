"""Makes a link that invites somebody into a workspace, or takes an invitation back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from billing import invitations
from billing.membership import NotAllowed
from billing.models import Invitation, Role, User, Workspace
from leadengine.management.commands.members import invitation_json
from leadengine.management.workspace_command import WorkspaceCommand, address


class Command(WorkspaceCommand):
    help = "Prints the path of an invitation's link, to be put behind the server's address; it is stored nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--role", choices=Role.values, default=Role.REP)
        parser.add_argument("--email", default="", help="only this address can accept; default: anybody with the link")
        parser.add_argument("--revoke", type=int, metavar="NUMBER", help="takes this invitation back instead")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options)
        try:
            if options["revoke"] is None:
                self.invite(workspace, by, options)
            else:
                self.revoke(workspace, by, options)
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal

    def invite(self, workspace: Workspace, by: User, options: dict[str, Any]) -> None:
        role, email = options["role"], options["email"] and address(options["email"])
        made, token = invitations.invite(workspace, role=role, email=email, by=by, now=timezone.now())
        path = reverse("billing:invitation-accept", args=[token])
        self.put(invitation_json(made) | {"link": path}, options, path)

    def revoke(self, workspace: Workspace, by: User, options: dict[str, Any]) -> None:
        now, number = timezone.now(), options["revoke"]
        found = [each for each in invitations.pending(workspace, now=now) if each.pk == number]
        if not found:
            raise CommandError(f"{workspace.name} has no open invitation {number}; `members` lists them.")
        invitation: Invitation = found[0]
        invitations.revoke(invitation, by=by, now=now)
        self.put(invitation_json(invitation) | {"is_revoked": True}, options, f"Invitation {number} is revoked.")
