"""Adds one person to a workspace or changes what they may do there: role, limit, access, password."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from billing import membership, reset_links
from billing.models import Membership, Role, User, Workspace
from leadengine.management.commands.grant_credits import credits_of
from leadengine.management.commands.members import member_json, member_line
from leadengine.management.workspace_command import WorkspaceCommand, address

ACTS = ("add", "change", "end", "restore", "password-link")


class Command(WorkspaceCommand):
    help = (
        "add: gives somebody a place, with a new account if needed. change: role or limit. end and restore: access. "
        "password-link: a link that sets a new password, to be handed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument("act", choices=ACTS)
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument("--monthly-limit", metavar="CREDITS", help="most credits a month; “none” takes it away")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        workspace = self.workspace(options)
        by = self.person(workspace, options) if options["by"] else None
        try:
            member, link = self.act(workspace, options, by)
        except membership.NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal
        data = member_json(member, now=timezone.now()) | ({"password_link": link} if link else {})
        self.put(data, options, f"{member_line(data)}\n{link}".strip())

    def act(self, workspace: Workspace, options: dict[str, Any], by: User | None) -> tuple[Membership, str]:
        """The member as they are then, and the path of a link when a password is to be set."""
        who: dict[str, Any] = {"by": by, "now": timezone.now()}
        act = options["act"]
        if act == "add":
            user, is_new = account(options["email"])
            member = membership.add(workspace, user, role=options["role"] or Role.REP, **who)
            member = changed(member, options, who) if options["monthly_limit"] else member
            return member, reset_links.make_link_as_operator(user, **who) if is_new else ""
        member = member_of(workspace, options["email"])
        if act == "password-link":
            link = reset_links.make_link(member, **who) if by else reset_links.make_link_as_operator(member.user, **who)
            return member, link
        if act == "change":
            return changed(member, options, who), ""
        return (membership.deactivate if act == "end" else membership.reactivate)(member, **who), ""


def account(email: str) -> tuple[User, bool]:
    """The person of that address; made without a password if there was none (True)."""
    found = User.objects.filter(email__iexact=email).first()
    return (found, False) if found else (User.objects.create_user(address(email)), True)


def member_of(workspace: Workspace, email: str) -> Membership:
    found = (
        Membership.objects.of(workspace).select_related("user", "workspace").filter(user__email__iexact=email).first()
    )
    if found is None:
        raise CommandError(f"{email} is not in {workspace.name}; “add” gives them a place.")
    return found


def changed(member: Membership, options: dict[str, Any], who: dict[str, Any]) -> Membership:
    """With the role and the limit that were given; what was not given stays."""
    limit = limit_of(options["monthly_limit"]) if options["monthly_limit"] else member.monthly_limit
    return membership.change(member, role=options["role"] or member.role, monthly_limit=limit, **who)


def limit_of(text: str) -> Decimal | None:
    if text == "none":
        return None
    return Decimal("0.00") if text in {"0", "0.00"} else credits_of(text)
