"""Links that set a new password: who may make one for whom, where no mail server sends them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from billing import auditing
from billing.membership import NotAllowed, may_change
from billing.models import Membership, User


def may_make_link(by: User, member: Membership) -> bool:
    """A manager may for people they may change, who are in no other workspace: the link gives all that the person has."""
    elsewhere = Membership.objects.filter(user=member.user_id, is_active=True).exclude(workspace=member.workspace_id)
    is_ordinary = member.is_active and member.user.is_active and not member.user.is_staff
    return is_ordinary and member.user_id != by.pk and may_change(by, member) and not elsewhere.exists()


def make_link(member: Membership, *, by: User, now: datetime) -> str:
    """The path of a link for a member, by a manager; raises NotAllowed."""
    if not may_make_link(by, member):
        raise NotAllowed("Only the operator of this server can make a link for this person.")
    auditing.record("password.link_made", workspace_id=member.workspace_id, by=by, obj=member, now=now)
    return link(member.user)


def make_link_as_operator(user: User, *, by: User | None, now: datetime) -> str:
    """The path of a link for anybody, by the operator in the admin or (None) at the command line."""
    auditing.record("password.link_made", workspace_id=None, by=by, obj=user, now=now)
    return link(user)


def link(user: User) -> str:
    """Valid until the password changes, and for PASSWORD_RESET_TIMEOUT at most."""
    code = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("billing:password-reset-confirm", args=[code, default_token_generator.make_token(user)])


def user_of(code: str, token: str) -> User | None:
    """Whose password the link may set; None for a link that is wrong, used or too old."""
    try:
        user = User.objects.filter(pk=urlsafe_base64_decode(code).decode(), is_active=True).first()
    except ValueError:
        return None
    return user if user and default_token_generator.check_token(user, token) else None
