"""Who may be what in a workspace: roles, limits, deactivation, and the rules that protect the last owner."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from billing import auditing
from billing.models import Membership, Role, User, Workspace


class NotAllowed(Exception):
    """A change of members that the rules forbid; the text says why."""


def power(by: User | None, workspace: Workspace) -> str:
    """The role that `by` acts with: their own, or an owner's for operators; "" for nobody of this workspace.

    None is the operator at the command line, who could change the rows as well.
    """
    if by is None or (by.is_active and by.is_staff):
        return Role.OWNER
    role = Membership.objects.of(workspace).filter(user=by, is_active=True).values_list("role", flat=True)
    return role.order_by("pk").first() or ""


def grantable_roles(by: User | None, workspace: Workspace) -> list[tuple[str, str]]:
    """The roles, with labels, that `by` may give: owners give all, managers all but owner, reps none."""
    return roles_beneath(power(by, workspace))


def roles_beneath(role: str) -> list[tuple[str, str]]:
    """The roles, with labels, that somebody who acts with `role` may give and change."""
    ranks: dict[str, list[tuple[str, str]]] = {
        Role.OWNER: Role.choices,
        Role.MANAGER: [each for each in Role.choices if each[0] != Role.OWNER],
    }
    return list(ranks.get(role, []))


def may_change(by: User | None, member: Membership) -> bool:
    """A manager may change reps and managers, an owner everybody."""
    return member.role in dict(grantable_roles(by, member.workspace))


@transaction.atomic
def add(workspace: Workspace, user: User, *, role: str, by: User | None, now: datetime) -> Membership:
    """Gives somebody with an account a place; raises NotAllowed, also when they have one already."""
    if role not in dict(grantable_roles(by, workspace)):
        raise NotAllowed("You cannot give this role; an owner can.")
    made, is_new = Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role})
    if not is_new:
        raise NotAllowed(f"{user.email} is in {workspace} already, or was: change that membership instead.")
    auditing.record("member.added", workspace_id=workspace.pk, by=by, obj=made, after={"role": role}, now=now)
    return made


@transaction.atomic
def change(
    member: Membership, *, role: str, monthly_limit: Decimal | None, by: User | None, now: datetime
) -> Membership:
    """Gives a member a role and a limit (None: no limit); raises NotAllowed."""
    member = _locked(member, by)
    if role not in dict(grantable_roles(by, member.workspace)):
        raise NotAllowed("Only an owner can make somebody an owner.")
    if role != Role.OWNER:
        _keep_an_owner(member)
    return _save(member, "member.changed", by, now, role=role, monthly_limit=monthly_limit)


@transaction.atomic
def deactivate(member: Membership, *, by: User | None, now: datetime) -> Membership:
    """Ends a member's access at once; what they did stays. Raises NotAllowed."""
    member = _locked(member, by)
    if by and member.user_id == by.pk:
        raise NotAllowed("You cannot deactivate yourself; another manager can.")
    _keep_an_owner(member)
    return _save(member, "member.deactivated", by, now, is_active=False)


@transaction.atomic
def reactivate(member: Membership, *, by: User | None, now: datetime) -> Membership:
    """Gives a former member access again, in the role they had; raises NotAllowed."""
    return _save(_locked(member, by), "member.reactivated", by, now, is_active=True)


def _locked(member: Membership, by: User | None) -> Membership:
    """The member as it is now, with the workspace locked, so that two owners cannot demote each other at once."""
    Workspace.objects.select_for_update(no_key=True).get(pk=member.workspace_id)
    member = Membership.objects.select_related("workspace", "user").get(pk=member.pk)
    if not may_change(by, member):
        raise NotAllowed("Only an owner can change an owner." if power(by, member.workspace) else "Ask a manager.")
    return member


def is_last_owner(member: Membership) -> bool:
    """Whether nobody else could make an owner, if this member were none."""
    owners = Membership.objects.of(member.workspace).filter(role=Role.OWNER, is_active=True, user__is_active=True)
    return owners.filter(pk=member.pk).exists() and not owners.exclude(pk=member.pk).exists()


def _keep_an_owner(member: Membership) -> None:
    if is_last_owner(member):
        raise NotAllowed("This is the last owner. Make somebody else an owner first.")


def _save(member: Membership, verb: str, by: User | None, now: datetime, **values: Any) -> Membership:
    before = {name: _plain(getattr(member, name)) for name in values}
    for name, value in values.items():
        setattr(member, name, value)
    member.save(update_fields=list(values))
    after = {name: _plain(value) for name, value in values.items()}
    if after != before:
        auditing.record(verb, workspace_id=member.workspace_id, by=by, obj=member, before=before, after=after, now=now)
    return member


def _plain(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value
