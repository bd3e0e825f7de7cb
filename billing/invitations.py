"""Invitations by link: whoever opens the link within its time may join the workspace in the role it names."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from billing import auditing
from billing.membership import NotAllowed, grantable_roles
from billing.models import Invitation, Membership, User, Workspace

LIFETIME = timedelta(days=7)
REMEMBERED = timedelta(days=30)


class InvitationClosed(Exception):
    """The link leads nowhere any more, or never did; the text says what to do."""


@transaction.atomic
def invite(workspace: Workspace, *, role: str, email: str = "", by: User, now: datetime) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is stored nowhere; raises NotAllowed.

    With an e-mail address only somebody with that address can accept; without one, anybody who has the link.
    """
    if role not in dict(grantable_roles(by, workspace)):
        raise NotAllowed("You cannot invite somebody in this role; an owner can.")
    token = secrets.token_urlsafe(24)
    made = Invitation.objects.create(
        workspace=workspace,
        email=email.strip().lower(),
        role=role,
        token_hash=_hash(token),
        invited_by=by,
        expires_at=now + LIFETIME,
    )
    auditing.record("invitation.made", workspace_id=workspace.pk, by=by, obj=made, after={"role": role}, now=now)
    return made, token


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation of a link; raises InvitationClosed when it is unknown, used, revoked or too old."""
    found = Invitation.objects.select_related("workspace", "invited_by").filter(token_hash=_hash(token)).first()
    if found is None:
        raise InvitationClosed("This link is not complete. Copy it again from the message you got.")
    if found.accepted_at:
        raise InvitationClosed("This invitation was used already. If that was you, sign in.")
    ask = f"Ask {found.invited_by.name} for a new one."
    if found.revoked_at:
        raise InvitationClosed(f"This invitation was taken back. {ask}")
    if found.expires_at <= now:
        day = timezone.localtime(found.expires_at)
        raise InvitationClosed(
            f"This invitation expired on {day:%-d %B %Y}, {LIFETIME.days} days after it was made. {ask}"
        )
    return found


def pending(workspace: Workspace, *, now: datetime) -> list[Invitation]:
    """The invitations that can still be accepted, the newest first."""
    still_open = Invitation.objects.of(workspace).filter(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return list(still_open.select_related("invited_by").order_by("-pk"))


def expired(workspace: Workspace, *, now: datetime) -> list[Invitation]:
    """The invitations whose time ran out in the last 30 days: the newest of each address, and none invited again."""
    shut = Invitation.objects.of(workspace).filter(accepted_at=None, revoked_at=None)
    lately = shut.filter(expires_at__lte=now, expires_at__gt=now - REMEMBERED).exclude(email="")
    again = {each.email for each in pending(workspace, now=now)}
    newest = {each.email: each for each in lately.order_by("pk") if each.email not in again}
    return sorted(newest.values(), key=lambda each: -each.pk)


@transaction.atomic
def accept(token: str, user: User, *, now: datetime) -> Membership:
    """Makes `user` a member; raises InvitationClosed. Somebody who left comes back in the invitation's role."""
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=open_invitation(token, now=now).pk)
    open_invitation(token, now=now)
    if invitation.email and invitation.email != user.email.lower():
        raise InvitationClosed(f"This invitation is for {invitation.email}. Sign in with that address to accept it.")
    member, is_new = Membership.objects.get_or_create(
        workspace_id=invitation.workspace_id, user=user, defaults={"role": invitation.role}
    )
    if not is_new and not member.is_active:
        member.role, member.is_active = invitation.role, True
        member.save(update_fields=["role", "is_active"])
    invitation.accepted_by, invitation.accepted_at = user, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    after = {"member": member.pk, "role": member.role}
    auditing.record(
        "invitation.accepted", workspace_id=member.workspace_id, by=user, obj=invitation, after=after, now=now
    )
    return member


@transaction.atomic
def revoke(invitation: Invitation, *, by: User | None, now: datetime) -> None:
    """Closes an invitation that nobody accepted; raises NotAllowed when its role is beyond `by`."""
    if invitation.role not in dict(grantable_roles(by, invitation.workspace)):
        raise NotAllowed("Only an owner can revoke the invitation of an owner.")
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if still_open.update(revoked_at=now):
        auditing.record("invitation.revoked", workspace_id=invitation.workspace_id, by=by, obj=invitation, now=now)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
