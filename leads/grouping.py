"""Tags and static lists: made, renamed and merged; filled and emptied in sets, whatever the number of leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone

from leads.models import Lead, LeadList, LeadListEntry, LeadTag, Tag
from leads.models.lead import LeadQuerySet

Group: TypeAlias = Tag | LeadList
LONGEST = {Tag: 40, LeadList: 80}
NOUNS = {Tag: "tag", LeadList: "list"}

FILL_LIST = """
INSERT INTO leads_leadlistentry (workspace_id, lead_list_id, added_at, lead_id)
SELECT %s, %s, %s, wanted.id FROM ({wanted}) AS wanted(id) ON CONFLICT DO NOTHING
"""
FILL_TAG = """
INSERT INTO leads_leadtag (workspace_id, tag_id, lead_id)
SELECT %s, %s, wanted.id FROM ({wanted}) AS wanted(id) ON CONFLICT DO NOTHING
"""


class UnusableName(ValueError):
    """The name is empty, too long, or taken in the workspace; the message is a sentence for the person."""


def tidy(name: str) -> str:
    """One line without spaces at its ends: "  Key   accounts " -> "Key accounts"."""
    return " ".join(name.split())


def create_list(workspace: Any, name: str, *, by: Any, now: datetime) -> LeadList:
    """A new, empty list. Raises UnusableName."""
    return LeadList.objects.create(
        workspace=workspace, name=usable(workspace, LeadList, name), created_by=by, created_at=now
    )


def create_tag(workspace: Any, name: str) -> Tag:
    """A new tag. Raises UnusableName."""
    return Tag.objects.create(workspace=workspace, name=usable(workspace, Tag, name))


def named(workspace: Any, kind: type[Group], name: str, *, by: Any, now: datetime) -> Group:
    """The tag or list of that name in any case, made if there is none. Raises UnusableName for an empty or long one."""
    found = kind.objects.of(workspace).filter(name__iexact=tidy(name)).order_by("pk").first()
    if found:
        return found
    return create_tag(workspace, name) if kind is Tag else create_list(workspace, name, by=by, now=now)


def rename(group: Group, name: str) -> str:
    """Gives it another name and answers the one it had. Raises UnusableName."""
    before = group.name
    group.name = usable(group.workspace_id, type(group), name, but=group.pk)
    group.save(update_fields=["name"])
    return before


def usable(workspace: Any, kind: type[Group], name: str, *, but: int | None = None) -> str:
    """The name as it is stored. Raises UnusableName."""
    name, noun = tidy(name), NOUNS[kind]
    if not name:
        raise UnusableName(f"Give the {noun} a name.")
    if len(name) > LONGEST[kind]:
        raise UnusableName(f"The name of a {noun} has at most {LONGEST[kind]} characters.")
    others = kind.objects.of(workspace).filter(name__iexact=name).exclude(pk=but or 0)
    if others.exists():
        raise UnusableName(f"There is a {noun} “{name}” already.")
    return name


def add_many(group: Group, leads: LeadQuerySet) -> int:
    """Put the leads, as far as they are of the same workspace, into the group; answers how many are new in it.

    One statement whatever their number; `leads` may be a filtered query set of 100,000.
    """
    found = leads.of(group.workspace_id).filter(erased_at__isnull=True).order_by().values("pk").distinct()
    try:
        wanted, values = found.query.sql_with_params()
    except EmptyResultSet:  # Django sees by itself that nobody is meant
        return 0
    sql, stamp = (FILL_TAG, []) if isinstance(group, Tag) else (FILL_LIST, [timezone.now()])
    with connection.cursor() as cursor:
        cursor.execute(sql.format(wanted=wanted), [group.workspace_id, group.pk, *stamp, *values])
        return cursor.rowcount


def remove_many(group: Group, leads: LeadQuerySet) -> int:
    """Take the leads out of the group; answers how many were in it."""
    wanted = leads.of(group.workspace_id).order_by().values("pk")
    return memberships(group).filter(lead__in=wanted).delete()[0]


def memberships(group: Group) -> Any:
    """The rows that put leads into the group."""
    if isinstance(group, Tag):
        return LeadTag.objects.of(group.workspace_id).filter(tag=group)
    return LeadListEntry.objects.of(group.workspace_id).filter(lead_list=group)


def members(group: Group) -> LeadQuerySet:
    """The leads in the group, but for erased people."""
    return Lead.objects.of(group.workspace_id).living().filter(pk__in=memberships(group).values("lead"))


def groups_of(lead: Lead, kind: type[Group]) -> Any:
    """The numbers of the tags, or of the lists, that a lead is in."""
    if kind is Tag:
        return LeadTag.objects.of(lead.workspace_id).filter(lead=lead).values("tag")
    return LeadListEntry.objects.of(lead.workspace_id).filter(lead=lead).values("lead_list")
