"""How often each kind of enrichment found something lately, by the workspace's own rows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Q, Value

from enrichment.found import SURE, is_found
from enrichment.kinds import ABOUT_COMPANIES
from enrichment.models import EmailCheck, EnrichmentItem, EnrichmentKind, ItemState, Lookup, LookupKind
from leadengine.leased import LeaseState

DAYS = 30
CHARGED = Q(charged__gt=0)
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
    """Of the last 30 days. One query."""
    since = now - timedelta(days=DAYS)
    rows = _verified(workspace, since).union(_looked_up(workspace, since), _of_companies(workspace, since), all=True)
    return {EnrichmentKind(kind): Coverage(asked, found, charged) for kind, asked, found, charged in rows}


def _verified(workspace: Any, since: datetime) -> Any:
    done = EmailCheck.objects.of(workspace).filter(state=LeaseState.DONE, is_known=False, finished_at__gt=since)
    named = done.annotate(kind=Value(EnrichmentKind.VERIFY.value, output_field=CharField()))
    return _counted(named, Q(verdict__status__in=SURE), CHARGED)


def _looked_up(workspace: Any, since: datetime) -> Any:
    """The kinds of a lookup are named as here."""
    done = Lookup.objects.of(workspace).filter(state=LeaseState.DONE, finished_at__gt=since)
    return _counted(done, Q(result__has_line=True) | Q(kind=LookupKind.EMAIL, result__email__gt=""), CHARGED)


def _of_companies(workspace: Any, since: datetime) -> Any:
    """What comes along for nothing counts as nothing found."""
    ended = EnrichmentItem.objects.of(workspace).filter(
        kind__in=ABOUT_COMPANIES, state__in=[ItemState.FOUND, ItemState.NOTHING], ended_at__gt=since
    )
    return _counted(ended, is_found(), CHARGED)


def _counted(rows: Any, is_found: Q, is_charged: Q) -> Any:
    asked, found, charged = Count("pk"), Count("pk", filter=is_found), Count("pk", filter=is_charged)
    counted = rows.order_by().values("kind").annotate(asked=asked, found=found, paid=charged)
    return counted.values_list("kind", "asked", "found", "paid")
