"""Workspaces and the people in them."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from billing import ledger
from billing.models import Membership, Role, User, Workspace
from leadengine.workflows.workspaces import create_workspace

PASSWORD = "amber-kestrel-42"
_numbers = count(1)


def workspace(name: str = "", *, credits: Decimal | int = 0, **fields: Any) -> Workspace:
    """A workspace as the workflow opens it; `credits` are granted."""
    number = next(_numbers)
    name = name or f"Workspace {number}"
    made = create_workspace(name, slug=f"workspace-{number}", owner=None, now=timezone.now())
    if fields:
        Workspace.objects.filter(pk=made.pk).update(**fields)
        made.refresh_from_db()
    if credits:
        ledger.grant(made, Decimal(credits), key=f"grant:first:{made.pk}", by=None)
    return made


def user(email: str = "", **fields: Any) -> User:
    """Somebody without a workspace, with the password PASSWORD."""
    return User.objects.create_user(email or f"person{next(_numbers)}@sample.example", PASSWORD, **fields)


def membership(of: Workspace | None = None, role: str = Role.REP, **fields: Any) -> Membership:
    """A new user's place in a workspace (a new one, if none is given); they were seen just now, as on most requests."""
    fields.setdefault("user", fields.get("user") or user())
    fields.setdefault("last_seen_at", timezone.now())
    return Membership.objects.create(workspace=of or workspace(), role=role, **fields)


def rep(of: Workspace, **fields: Any) -> User:
    return membership(of, Role.REP, **fields).user


def manager(of: Workspace, **fields: Any) -> User:
    return membership(of, Role.MANAGER, **fields).user


def owner(of: Workspace, **fields: Any) -> User:
    return membership(of, Role.OWNER, **fields).user
