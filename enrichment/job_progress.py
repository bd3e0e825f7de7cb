"""How far an enrichment is: what was found, what is left, and what it cost; and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.query import QuerySet

from enrichment.models import (
    UNDER_WAY,
    EmailCheck,
    EnrichedField,
    Enrichment,
    EnrichmentItem,
    EnrichmentKind,
    FieldState,
    ItemState,
    Mark,
)
from leadengine.leased import OPEN_STATES

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class KindProgress:
    """Of one kind: how many were ordered, have ended, and found something; and what it cost."""

    label: str
    ordered: int
    ended: int
    found: int
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """`states`: how many questions stand how; `to_decide` fields that wait for somebody, without conflicts."""

    kinds: tuple[KindProgress, ...]
    states: Mapping[str, int]
    to_decide: int = 0
    conflicts: int = 0
    in_use: int = 0

    @property
    def ordered(self) -> int:
        return sum(self.states.values())

    @property
    def open(self) -> int:
        return sum(self.states.get(state, 0) for state in UNDER_WAY)

    @property
    def ended(self) -> int:
        return self.ordered - self.open

    @property
    def percent(self) -> int:
        return 100 * self.ended // self.ordered if self.ordered else 100

    @property
    def credits(self) -> Decimal:
        return sum((each.credits for each in self.kinds), ZERO)

    @property
    def found(self) -> int:
        return self.states.get(ItemState.FOUND, 0)

    @property
    def missing(self) -> int:
        """Without an answer, or with one that found nothing."""
        return sum(self.states.get(state, 0) for state in (ItemState.NOTHING, ItemState.FAILED))

    @property
    def left(self) -> int:
        return self.states.get(ItemState.LEFT, 0)

    def to_json(self) -> dict[str, Any]:
        return {
            "asked": self.ordered,
            "states": {state: self.states.get(state, 0) for state in ItemState.values},
            "credits": float(self.credits),
            "to_decide": self.to_decide,
            "conflicts": self.conflicts,
            "in_use": self.in_use,
            "kinds": [
                {"kind": each.label, "asked": each.ordered, "ended": each.ended, "found": each.found}
                for each in self.kinds
            ],
        }


def progress_of(job: Enrichment) -> Progress:
    """Three queries."""
    items = EnrichmentItem.objects.of(job.workspace_id).filter(enrichment=job).order_by()
    states = dict(items.values_list("state").annotate(number=Count("pk")))
    fields = EnrichedField.objects.of(job.workspace_id).filter(item__enrichment=job).order_by()
    is_open, is_conflict = Q(state=FieldState.OPEN), Q(mark=Mark.CONFLICT)
    numbers = fields.aggregate(
        to_decide=Count("pk", filter=is_open & ~is_conflict),
        conflicts=Count("pk", filter=is_open & is_conflict),
        in_use=Count("pk", filter=Q(state=FieldState.APPLIED) & ~Q(mark=Mark.SAME)),
    )
    return Progress(_kinds(items), states, **numbers)


def asked_later(job: Enrichment) -> int:
    """How many addresses wait for a mail server that has put us off."""
    put_off = EmailCheck.objects.of(job.workspace_id).filter(hold=job.hold_id, state__in=OPEN_STATES, claimed=False)
    return put_off.filter(cursor__asked__isnull=False).count()


def _kinds(items: QuerySet[EnrichmentItem]) -> tuple[KindProgress, ...]:
    rows = items.values_list("kind").annotate(
        ordered=Count("pk"),
        ended=Count("pk", filter=~Q(state__in=UNDER_WAY)),
        found=Count("pk", filter=Q(state=ItemState.FOUND)),
        credits=Sum("charged", default=ZERO),
    )
    by_kind = {kind: numbers for kind, *numbers in rows}
    return tuple(KindProgress(str(kind.label), *by_kind[kind]) for kind in EnrichmentKind if kind in by_kind)


def jobs_of(workspace: Any) -> QuerySet[Enrichment]:
    """The workspace's enrichments, the newest first."""
    rows: QuerySet[Enrichment] = Enrichment.objects.of(workspace).select_related("by")
    return rows.order_by("-created_at", "-pk")


def with_results(jobs: Iterable[Enrichment], workspace: Any) -> list[Enrichment]:
    """The same, each with what was `asked` and `found` and its `credits`; for a page of them. One query."""
    listed = list(jobs)
    items = EnrichmentItem.objects.of(workspace).filter(enrichment__in=listed).order_by().values("enrichment")
    found = Count("pk", filter=Q(state=ItemState.FOUND))
    rows = items.annotate(asked=Count("pk"), found=found, credits=Sum("charged", default=ZERO))
    numbers = {row["enrichment"]: row for row in rows}
    for job in listed:
        row = numbers.get(job.pk)
        told = (row["asked"], row["found"], row["credits"]) if row else (0, 0, ZERO)
        vars(job).update(zip(("asked", "found", "credits"), told, strict=True))
    return listed
