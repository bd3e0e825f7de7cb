"""What a member may spend in a calendar month, and how much of it is spent or held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from billing.models import CreditEntry, EntryKind, Hold, Membership


@dataclass(frozen=True, slots=True)
class Allowance:
    """Credits of one member in this month; a limit of None is no limit. What is held counts as used."""

    limit: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.limit is None else max(self.limit - self.used, Decimal(0))


def allowance(workspace_id: int, member_id: int, *, now: datetime) -> Allowance:
    """Somebody without a membership has no limit: operators act for the workspace."""
    limits = Membership.objects.filter(workspace=workspace_id, user=member_id).values_list("monthly_limit", flat=True)
    return Allowance(limits.order_by("pk").first(), used_this_month(workspace_id, member_id, now=now))


def allowances(members: Collection[Membership], *, now: datetime) -> dict[int, Allowance]:
    """By user, of members of one workspace: two queries, however many they are."""
    users = [member.user_id for member in members]
    holds = Hold.objects.filter(workspace__in={member.workspace_id for member in members}, member_id__in=users)
    held = dict(holds.order_by().values_list("member_id").annotate(sum=Sum("remaining")))
    charged = CreditEntry.objects.filter(
        kind=EntryKind.CAPTURE, hold__in=holds, created_at__gte=month_start(now), reversed_by__isnull=True
    )
    spent = dict(charged.order_by().values_list("hold__member_id").annotate(sum=Sum("posted")))
    nothing = Decimal(0)
    used = {user: held.get(user, nothing) - spent.get(user, nothing) for user in users}
    return {member.user_id: Allowance(member.monthly_limit, used[member.user_id]) for member in members}


def used_this_month(workspace_id: int, member_id: int, *, now: datetime) -> Decimal:
    """Credits: charges on the member's holds since the month began and not paid back, plus what is held."""
    holds = Hold.objects.filter(workspace=workspace_id, member_id=member_id)
    charged = CreditEntry.objects.filter(
        kind=EntryKind.CAPTURE, hold__in=holds, created_at__gte=month_start(now), reversed_by__isnull=True
    )
    held = holds.aggregate(sum=Sum("remaining"))["sum"] or Decimal(0)
    return held - (charged.aggregate(sum=Sum("posted"))["sum"] or Decimal(0))


def month_start(now: datetime) -> datetime:
    """Midnight of the first of the month, in the installation's time zone."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
