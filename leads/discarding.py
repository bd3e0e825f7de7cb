"""Deletes tags and lists, and merges tags, so that each can be taken back; forgets them after a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from leads.grouping import Group, add_many, memberships, remove_many
from leads.models import DiscardedGroup, GroupKind, Lead, LeadList, LeadTag, Tag
from leads.models.lead import LeadQuerySet

KEPT = timedelta(days=30)


class CannotRestore(ValueError):
    """It cannot be brought back; the message is a sentence that says why."""


@transaction.atomic
def discard(group: Group, *, now: datetime) -> DiscardedGroup:
    """Deletes a tag or list; its leads stay leads."""
    kept = _keep(group, now=now)
    group.delete()
    return kept


@transaction.atomic
def merge(tag: Tag, into: Tag, *, now: datetime) -> DiscardedGroup:
    """The leads of `tag` get the other tag in its place, and `tag` is deleted. Both must be of one workspace."""
    gained = LeadTag.objects.of(tag.workspace_id).filter(tag=tag).exclude(lead__tags__tag=into)
    gained_ids = list(gained.values_list("lead", flat=True))
    add_many(into, Lead.objects.filter(tags__tag=tag))
    kept = _keep(tag, now=now, merged_into=into.pk, gained_ids=gained_ids)
    tag.delete()
    return kept


@transaction.atomic
def restore(kept: DiscardedGroup) -> Group:
    """The tag or list as it was, with those of its leads that still are; a merged one takes its leads out of the other.

    Raises CannotRestore if its name is taken by now.
    """
    group = _again(kept)
    if type(group).objects.of(kept.workspace_id).filter(name__iexact=kept.name).exists():
        raise CannotRestore(f"There is another {kept.get_kind_display().lower()} “{kept.name}” by now.")
    group.save()
    add_many(group, _leads(kept, kept.lead_ids))
    other = Tag.objects.of(kept.workspace_id).filter(pk=kept.merged_into or 0).first()
    if other:
        remove_many(other, _leads(kept, kept.gained_ids))
    kept.delete()
    return group


def sweep_discarded(*, now: datetime) -> int:
    """Forget what was deleted long ago; answers how many."""
    return DiscardedGroup.objects.filter(discarded_at__lt=now - KEPT).delete()[0]


def _keep(
    group: Group, *, now: datetime, merged_into: int | None = None, gained_ids: list[UUID] | None = None
) -> DiscardedGroup:
    return DiscardedGroup.objects.create(
        workspace_id=group.workspace_id,
        kind=GroupKind.TAG if isinstance(group, Tag) else GroupKind.LIST,
        name=group.name,
        created_by=getattr(group, "created_by", None),
        created_at=getattr(group, "created_at", None),
        lead_ids=list(memberships(group).values_list("lead", flat=True)),
        merged_into=merged_into,
        gained_ids=gained_ids or [],
        discarded_at=now,
    )


def _again(kept: DiscardedGroup) -> Group:
    if kept.kind == GroupKind.TAG:
        return Tag(workspace_id=kept.workspace_id, name=kept.name)
    return LeadList(
        workspace_id=kept.workspace_id,
        name=kept.name,
        created_by=kept.created_by,
        created_at=kept.created_at or kept.discarded_at,
    )


def _leads(kept: DiscardedGroup, ids: list[UUID]) -> LeadQuerySet:
    return Lead.objects.of(kept.workspace_id).filter(pk__in=ids)
