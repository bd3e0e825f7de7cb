"""How far an enrichment is: what was found, what is left, and what it cost; and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, Sum
from django.db.models.query import QuerySet

from enrichment.found import WHY_FREE, is_found, is_free
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
# In JSON, where `asked` and `found` are other counts.
NAMES = {ItemState.ASKED: "being_asked", ItemState.FOUND: "answered"}
MOST_REST = 300  # leads with which somebody goes on at once


@dataclass(frozen=True, slots=True)
class KindProgress:
    """Of one kind: how many were ordered, answered, found something, or had nothing new for free; and what it cost.

    `left`: those that were never asked, because it ended before.
    """

    kind: str
    ordered: int
    answered: int
    found: int
    free: int
    left: int
    credits: Decimal

    @property
    def label(self) -> str:
        return str(EnrichmentKind(self.kind).label)

    @property
    def why_free(self) -> str:
        return WHY_FREE.get(self.kind, "")

    @property
    def asked(self) -> int:
        return self.ordered - self.left


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
    def asked(self) -> int:
        """Without those that were left when it ended."""
        return self.ordered - self.left

    @property
    def answered(self) -> int:
        return self.asked - self.open

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.ordered if self.ordered else 100

    @property
    def credits(self) -> Decimal:
        return sum((each.credits for each in self.kinds), ZERO)

    @property
    def found(self) -> int:
        return sum(each.found for each in self.kinds)

    @property
    def free(self) -> int:
        """Answered, with nothing that its price is for."""
        return sum(each.free for each in self.kinds)

    @property
    def missing(self) -> int:
        """Without an answer, or with one that found nothing."""
        return sum(self.states.get(state, 0) for state in (ItemState.NOTHING, ItemState.FAILED))

    @property
    def left(self) -> int:
        return self.states.get(ItemState.LEFT, 0)

    def to_json(self) -> dict[str, Any]:
        return {
            "ordered": self.ordered,
            "asked": self.asked,
            "found": self.found,
            "answered_free": self.free,
            "states": {NAMES.get(state, str(state)): self.states.get(state, 0) for state in ItemState},
            "credits": float(self.credits),
            "to_decide": self.to_decide,
            "conflicts": self.conflicts,
            "in_use": self.in_use,
            "kinds": [
                {"kind": each.label, "asked": each.asked, "answered": each.answered, "found": each.found}
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


@dataclass(frozen=True, slots=True)
class Rest:
    """Leads with which somebody may go on, and how many more there are."""

    leads: Sequence[str] = ()
    beyond: int = 0


def rest_of(job: Enrichment, progress: Progress) -> Rest:
    """Those that it left when it ended, then those beside its test. One query, where it left any."""
    if job.is_open:
        return Rest()
    left: list[str] = []
    if progress.left:
        items = EnrichmentItem.objects.of(job.workspace_id).filter(enrichment=job, state=ItemState.LEFT)
        firsts = items.filter(lead__erased_at=None).order_by().values("lead").annotate(first=Min("pk"))
        left = [str(pk) for pk in firsts.order_by("first").values_list("lead", flat=True)]
    leads = list(dict.fromkeys([*left, *job.rest]))
    return Rest(leads[:MOST_REST], job.beyond + len(leads[MOST_REST:]))


def asked_later(job: Enrichment) -> int:
    """How many addresses wait for a mail server that has put us off."""
    put_off = EmailCheck.objects.of(job.workspace_id).filter(hold=job.hold_id, state__in=OPEN_STATES, claimed=False)
    return put_off.filter(cursor__asked__isnull=False).count()


def _kinds(items: QuerySet[EnrichmentItem]) -> tuple[KindProgress, ...]:
    rows = items.values_list("kind").annotate(
        ordered=Count("pk"),
        answered=Count("pk", filter=~Q(state__in=[*UNDER_WAY, ItemState.LEFT])),
        found=Count("pk", filter=is_found()),
        free=Count("pk", filter=is_free()),
        left=Count("pk", filter=Q(state=ItemState.LEFT)),
        credits=Sum("charged", default=ZERO),
    )
    by_kind = {kind: numbers for kind, *numbers in rows}
    return tuple(KindProgress(kind, *by_kind[kind]) for kind in EnrichmentKind if kind in by_kind)


def jobs_of(workspace: Any) -> QuerySet[Enrichment]:
    """The workspace's enrichments, the newest first."""
    rows: QuerySet[Enrichment] = Enrichment.objects.of(workspace).select_related("by")
    return rows.order_by("-created_at", "-pk")


def with_results(jobs: Iterable[Enrichment], workspace: Any) -> list[Enrichment]:
    """The same, each with what was `asked` and `found` and its `credits`; for a page of them. One query."""
    listed = list(jobs)
    items = EnrichmentItem.objects.of(workspace).filter(enrichment__in=listed).order_by().values("enrichment")
    asked, found = Count("pk", filter=~Q(state=ItemState.LEFT)), Count("pk", filter=is_found())
    rows = items.annotate(asked=asked, found=found, credits=Sum("charged", default=ZERO))
    numbers = {row["enrichment"]: row for row in rows}
    for job in listed:
        row = numbers.get(job.pk)
        told = (row["asked"], row["found"], row["credits"]) if row else (0, 0, ZERO)
        vars(job).update(zip(("asked", "found", "credits"), told, strict=True))
    return listed
