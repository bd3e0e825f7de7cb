"""The read model of the pipeline board: each stage with its number, its worth and its best leads, in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, F, IntegerField, OuterRef, Subquery, Sum, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from leads.models import Activity, ActivityKind, Lead, Stage
from leads.models.lead import LeadQuerySet

FIRST, MORE, MOST = 20, 20, 200  # cards of a column at first, by each "Show more", and in all
BEST_FIRST = (F("score__total").desc(nulls_last=True), F("name_key").asc(), F("id").asc())


@dataclass(frozen=True, slots=True)
class Worth:
    """The deals of a column in one currency."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, all that is in it by the filters, and its best leads; a card has `in_stage_since`."""

    stage: Stage
    count: int
    worth: tuple[Worth, ...]
    cards: tuple[Lead, ...]
    skipped: int = 0

    @property
    def shown(self) -> int:
        return self.skipped + len(self.cards)

    @property
    def next_shown(self) -> int:
        """How many cards "Show more" brings it to; 0 where there are no more, or no more are shown here."""
        return min(self.shown + MORE, MOST) if self.shown < min(self.count, MOST) else 0

    @property
    def is_cut(self) -> bool:
        """Whether the rest is only to be found by filters or in the list."""
        return self.count > self.shown >= MOST


def columns(
    leads: LeadQuerySet, stages: Iterable[Stage], *, shown: Mapping[str, int] | None = None, skip: int = 0
) -> list[Column]:
    """A column for each stage, with as many of its best leads as `shown` says by the stage's key, else FIRST.

    With `skip` the first so many cards are left out: what "Show more" adds.
    """
    stages = list(stages)
    limits = {stage.pk: min((shown or {}).get(stage.key, FIRST), MOST) for stage in stages}
    counts, worths = _sums(leads, limits)
    cards = _cards(leads, limits, skip)
    return [Column(each, counts[each.pk], tuple(worths[each.pk]), tuple(cards[each.pk]), skip) for each in stages]


def _sums(leads: LeadQuerySet, limits: Mapping[int, int]) -> tuple[dict[int, int], dict[int, list[Worth]]]:
    counts: dict[int, int] = defaultdict(int)
    worths: dict[int, list[Worth]] = defaultdict(list)
    found = (
        leads.filter(stage__in=list(limits)).order_by("stage", "deal_currency").values_list("stage", "deal_currency")
    )
    for stage_id, currency, number, value in found.annotate(number=Count("pk"), value=Sum("deal_value")):
        counts[stage_id] += number
        if value:
            worths[stage_id].append(Worth(value, currency))
    return counts, worths


def _cards(leads: LeadQuerySet, limits: Mapping[int, int], skip: int) -> dict[int, list[Lead]]:
    """Ranks all, then loads only those that are shown."""
    place = Window(RowNumber(), partition_by=F("stage"), order_by=BEST_FIRST)
    limit = Case(*(When(stage=pk, then=Value(most)) for pk, most in limits.items()), output_field=IntegerField())
    ranked = leads.filter(stage__in=list(limits)).annotate(place=place, limit=limit)
    best = ranked.filter(place__gt=skip, place__lte=F("limit")).order_by("stage", "place")
    ids = list(best.values_list("pk", flat=True))
    loaded = _loaded(leads, ids)
    cards: dict[int, list[Lead]] = defaultdict(list)
    for pk in ids:
        cards[loaded[pk].stage_id].append(loaded[pk])
    return cards


def _loaded(leads: LeadQuerySet, ids: list[UUID]) -> Mapping[UUID, Any]:
    moved = Activity.objects.filter(lead=OuterRef("pk"), kind=ActivityKind.STAGE).order_by("-occurred_at", "-pk")
    since = Coalesce(Subquery(moved.values("occurred_at")[:1]), "created_at", output_field=DateTimeField())
    found = Lead.objects.filter(pk__in=ids).select_related("company", "score", "owner").annotate(in_stage_since=since)
    return {lead.pk: lead for lead in found}
