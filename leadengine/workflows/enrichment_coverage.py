"""How often each kind of enrichment found something lately, by the workspace's own rows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from enrichment.kinds import ABOUT_COMPANIES
from enrichment.models import EmailCheck, EnrichmentItem, EnrichmentKind, ItemState, Lookup, LookupKind
from leadengine.leased import LeaseState

DAYS = 30
ENOUGH = 5  # answers from which on a share is told


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of so many `asked` so many were `found`; `charged` of them."""

    asked: int = 0
    found: int = 0
    charged: int = 0

    @property
    def percent(self) -> int | None:
        """None where too few were asked to say."""
        return round(100 * self.found / self.asked) if self.asked >= ENOUGH else None

    @property
    def share_charged(self) -> float:
        """All of them, before it is known better."""
        return self.charged / self.asked if self.asked >= ENOUGH else 1.0


def coverage(workspace: Any, *, now: datetime) -> Mapping[EnrichmentKind, Coverage]:
    """Of the last 30 days. Three queries."""
    since = now - timedelta(days=DAYS)
    found = {EnrichmentKind.VERIFY: _verified(workspace, since)}
    return found | _looked_up(workspace, since) | _of_companies(workspace, since)


def _verified(workspace: Any, since: datetime) -> Coverage:
    done = EmailCheck.objects.of(workspace).filter(state=LeaseState.DONE, is_known=False, finished_at__gt=since)
    is_certain = Q(verdict__status__in=["deliverable", "undeliverable"])
    return Coverage(
        **done.order_by().aggregate(
            asked=Count("pk"), found=Count("pk", filter=is_certain), charged=Count("pk", filter=Q(charged__gt=0))
        )
    )


def _looked_up(workspace: Any, since: datetime) -> dict[EnrichmentKind, Coverage]:
    done = Lookup.objects.of(workspace).filter(state=LeaseState.DONE, finished_at__gt=since)
    is_found = Q(result__has_line=True) | Q(kind=LookupKind.EMAIL, result__email__gt="")
    rows = (
        done.order_by()
        .values_list("kind")
        .annotate(asked=Count("pk"), found=Count("pk", filter=is_found), charged=Count("pk", filter=Q(charged__gt=0)))
    )
    kinds = {LookupKind.EMAIL: EnrichmentKind.EMAIL, LookupKind.LINE: EnrichmentKind.LINE}
    return {kinds[LookupKind(kind)]: Coverage(asked, found, charged) for kind, asked, found, charged in rows}


def _of_companies(workspace: Any, since: datetime) -> dict[EnrichmentKind, Coverage]:
    """What comes along for nothing counts as nothing found."""
    ended = EnrichmentItem.objects.of(workspace).filter(
        kind__in=ABOUT_COMPANIES, state__in=[ItemState.FOUND, ItemState.NOTHING], ended_at__gt=since
    )
    is_found = Count("pk", filter=Q(charged__gt=0))
    rows = ended.order_by().values_list("kind").annotate(asked=Count("pk"), found=is_found)
    return {EnrichmentKind(kind): Coverage(asked, found, found) for kind, asked, found in rows}
