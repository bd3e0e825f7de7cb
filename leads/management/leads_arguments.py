"""Leads as they are named on the command line, by id or e-mail address, and put on tags and lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils import timezone

from leadengine.workflows.editing import edit_leads
from leads.editing import Change, membership_field
from leads.grouping import Group
from leads.identity import email_key
from leads.models import Lead
from leads.models.lead import LeadQuerySet


def leads_named(workspace: Any, names: list[str]) -> LeadQuerySet:
    """The leads of these ids or e-mail addresses; CommandError names the first that is not there."""
    return Lead.objects.of(workspace).filter(pk__in=[lead_named(workspace, name).pk for name in names])


def lead_named(workspace: Any, name: str) -> Lead:
    """One lead, with stage and company; CommandError if there is none."""
    living = Lead.objects.of(workspace).living().select_related("stage", "company", "owner", "workspace")
    by_address = living.filter(identities__kind="email", identities__value=email_key(name)) if "@" in name else None
    try:
        found = living.filter(pk=UUID(name)) if by_address is None else by_address
    except ValueError:
        found = living.none()
    lead = found.first()
    if lead is None:
        raise CommandError(f"{workspace.name} has no lead “{name}”. Name leads by e-mail address or id.")
    return lead


def membership(group: Group, leads: LeadQuerySet, *, by: Any, is_off: bool = False) -> dict[str, Any]:
    """Puts leads on a tag or list, or takes them off; answers how many, and the edit by which it can be undone."""
    change = Change(membership_field(group, is_off=is_off), group)
    made = edit_leads(leads, change, workspace=group.workspace, by=by, now=timezone.now())
    return {"changed": made.changed, "edit": str(made.pk) if made.changed else None}
