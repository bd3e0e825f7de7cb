"""What a member may spend in a calendar month, and how much of it is spent or held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from billing.models import CreditAccount, CreditEntry, EntryKind, Hold, Membership

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Credits of one member in this month; a limit of None is no limit. What is held counts as used."""

    limit: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.limit is None else max(self.limit - self.used, ZERO)


def allowance(workspace_id: int, member_id: int, *, now: datetime) -> Allowance:
    """Somebody without a membership has no limit: operators act for the workspace. One query."""
    account = CreditAccount.objects.annotate(**columns_of(member_id, now=now))
    return allowance_of(account.get(workspace=workspace_id))


def columns_of(member_id: int, *, now: datetime) -> dict[str, Subquery]:
    """What `allowance_of` needs beside an account: the member's limit, what is held for them, what they spent."""
    limits = Membership.objects.filter(workspace=OuterRef("workspace"), user=member_id).order_by("pk")
    holds = Hold.objects.filter(workspace=OuterRef("workspace"), member_id=member_id).order_by()
    charged = CreditEntry.objects.filter(
        workspace=OuterRef("workspace"),
        hold__workspace=OuterRef("workspace"),
        hold__member_id=member_id,
        kind=EntryKind.CAPTURE,
        created_at__gte=month_start(now),
        reversed_by__isnull=True,
    )
    spent = charged.order_by().values("workspace").annotate(sum=Sum("posted"))
    return {
        "monthly_limit": Subquery(limits.values("monthly_limit")[:1]),
        "held_for_member": Subquery(holds.values("workspace").annotate(sum=Sum("remaining")).values("sum")),
        "spent_by_member": Subquery(spent.values("sum")),
    }


def allowance_of(account: Any) -> Allowance:
    """Of an account with `columns_of` a member."""
    return Allowance(account.monthly_limit, (account.held_for_member or ZERO) - (account.spent_by_member or ZERO))


def allowances(members: Collection[Membership], *, now: datetime) -> dict[int, Allowance]:
    """By user, of members of one workspace: two queries, however many they are."""
    users = [member.user_id for member in members]
    holds = Hold.objects.filter(workspace__in={member.workspace_id for member in members}, member_id__in=users)
    held = dict(holds.order_by().values_list("member_id").annotate(sum=Sum("remaining")))
    charged = CreditEntry.objects.filter(
        kind=EntryKind.CAPTURE, hold__in=holds, created_at__gte=month_start(now), reversed_by__isnull=True
    )
    spent = dict(charged.order_by().values_list("hold__member_id").annotate(sum=Sum("posted")))
    used = {user: held.get(user, ZERO) - spent.get(user, ZERO) for user in users}
    return {member.user_id: Allowance(member.monthly_limit, used[member.user_id]) for member in members}


def month_start(now: datetime) -> datetime:
    """Midnight of the first of the month, in the installation's time zone."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
