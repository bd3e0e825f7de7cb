"""Lists the people of a workspace and its open invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from billing import invitations
from billing.limits import allowance
from billing.models import Invitation, Membership
from leadengine.management.workspace_command import WorkspaceCommand


class Command(WorkspaceCommand):
    help = "Lists members with role, monthly limit, what they used of it and when they were last seen, and open invitations."

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        found = Membership.objects.of(workspace).select_related("user").order_by("-is_active", "user__email")
        people = [member_json(each, now=now) for each in found]
        open_ones = [invitation_json(each) for each in invitations.pending(workspace, now=now)]
        lines = [*map(member_line, people), *map(invitation_line, open_ones)]
        data = {"workspace": workspace.slug, "members": people, "invitations": open_ones}
        self.put(data, options, "\n".join(lines) or f"Nobody works in {workspace.name} yet.")


def member_json(member: Membership, *, now: datetime) -> dict[str, Any]:
    """One member; credits as text with two places, `monthly_limit` null for no limit."""
    spent = allowance(member.workspace_id, member.user_id, now=now)
    return {
        "email": member.user.email,
        "name": member.user.name,
        "role": member.role,
        "is_active": member.is_active,
        "monthly_limit": None if spent.limit is None else f"{spent.limit:.2f}",
        "used_this_month": f"{spent.used:.2f}",
        "last_seen_at": member.last_seen_at.isoformat(timespec="seconds") if member.last_seen_at else None,
    }


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    return {
        "number": invitation.pk,
        "email": invitation.email,
        "role": invitation.role,
        "invited_by": invitation.invited_by.email,
        "expires_at": invitation.expires_at.isoformat(),
    }


def member_line(member: dict[str, Any]) -> str:
    state = member["role"] if member["is_active"] else "no access"
    limit = f"of {member['monthly_limit']}" if member["monthly_limit"] else "(no limit)"
    seen = f"last seen {member['last_seen_at'][:16].replace('T', ' ')}" if member["last_seen_at"] else "never seen"
    return f"{state:<10} {member['email']:<32} {member['used_this_month']} credits this month {limit}, {seen}"


def invitation_line(invitation: dict[str, Any]) -> str:
    whom = invitation["email"] or "anybody with the link"
    return f"invitation {invitation['number']}: {whom} as {invitation['role']}, until {invitation['expires_at'][:10]}"
