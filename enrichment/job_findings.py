"""What an enrichment found, lead by lead: each field before and after, and the questions that came to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet

from enrichment.field_words import FieldLine, line_of
from enrichment.found import WHY_FREE, is_free
from enrichment.models import (
    MEASURED,
    UNDO_FOR,
    EnrichedField,
    Enrichment,
    EnrichmentItem,
    FieldState,
    ItemState,
    Mark,
)
from leads.models import Lead

PER_PAGE = 10  # leads
CAME_TO_NOTHING = (ItemState.NOTHING, ItemState.FAILED, ItemState.LEFT)
# Which fields are shown, and so which leads: those that have such fields.
FIELDS: Mapping[str, Mapping[str, Any]] = {
    "changed": {"mark__in": [Mark.ADDED, Mark.CHANGED]},
    "decide": {"state": FieldState.OPEN},
    "conflicts": {"mark": Mark.CONFLICT},
}
HAVING = {show: Q(**{f"fields__{name}": value for name, value in wanted.items()}) for show, wanted in FIELDS.items()}
SHOWN: Mapping[str, tuple[str, Q]] = {
    "all": ("All", Q()),
    "changed": ("Changed", HAVING["changed"]),
    "decide": ("To decide", HAVING["decide"]),
    "conflicts": ("Conflicts", HAVING["conflicts"]),
    "missing": ("Not found", Q(state__in=[ItemState.NOTHING, ItemState.FAILED])),
    "left": ("Not asked", Q(state=ItemState.LEFT)),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One lead: its score when it was ordered and now, what was found, what was not, and which answers were free, and why."""

    lead: Lead
    score_before: int | None
    grade_before: str
    lines: Sequence[FieldLine]
    missing: Sequence[EnrichmentItem]
    free: Sequence[tuple[EnrichmentItem, str]] = ()

    @property
    def is_moved(self) -> bool:
        score = getattr(self.lead, "score", None)
        return score is not None and (score.total, score.grade) != (self.score_before, self.grade_before)


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows`: how many each filter shows; `undoable` fields that can still be put back, `decided` that can be decided again."""

    rows: Mapping[str, int]
    undoable: int = 0
    decided: int = 0

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        return [(name, label, self.rows[name]) for name, (label, _condition) in SHOWN.items()]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of leads."""

    page: Page
    groups: Sequence[Group]
    show: str
    counts: Counts


def findings_of(job: Enrichment, *, show: str, number: Any, now: datetime) -> Findings:
    """Six queries, however many leads there are."""
    show = show if show in SHOWN else "all"
    items = EnrichmentItem.objects.of(job.workspace_id).filter(enrichment=job)
    wanted = items.filter(SHOWN[show][1], lead__erased_at=None)
    firsts = wanted.order_by().values_list("lead").annotate(first=Min("pk")).order_by("first")
    page = Paginator(firsts, PER_PAGE).get_page(number)
    ids = [lead for lead, _first in page.object_list]
    leads = Lead.objects.of(job.workspace_id).select_related("company", "score").in_bulk(ids)
    rows = _by_lead(items.filter(lead__in=ids).annotate(is_free=is_free()).order_by("pk"))
    fields = _fields(job, ids, show)
    groups = [_group(leads[each], rows[each], fields[each], show, now) for each in ids]
    return Findings(page, groups, show, counts_of(job, now=now))


def counts_of(job: Enrichment, *, now: datetime) -> Counts:
    """Of leads that are there still. One query."""
    items = EnrichmentItem.objects.of(job.workspace_id).filter(enrichment=job, lead__erased_at=None).order_by()
    numbers = items.aggregate(
        **{show: Count("fields", filter=having) for show, having in HAVING.items()},
        **{show: Count("pk", filter=SHOWN[show][1], distinct=True) for show in ("missing", "left")},
        all_fields=Count("fields"),
        free=Count("pk", filter=is_free(), distinct=True),
        undoable=Count("fields", filter=undoable(now=now, of="fields__")),
        decided=Count("fields", filter=decided(now=now, of="fields__")),
    )
    undo, again = numbers.pop("undoable"), numbers.pop("decided")
    everything = numbers.pop("all_fields") + numbers.pop("free") + numbers["missing"] + numbers["left"]
    return Counts({"all": everything, **numbers}, undo, again)


def undoable(*, now: datetime, of: str = "") -> Q:
    """Of fields, or by `of` of rows that have them: what is in use by this, and not longer than it can be undone."""
    in_use = Q(**{f"{of}state": FieldState.APPLIED, f"{of}decided_at__gt": now - UNDO_FOR})
    return in_use & ~Q(**{f"{of}mark": Mark.SAME})


def decided(*, now: datetime, of: str = "") -> Q:
    """What somebody decided and may decide again; a measured fact that nobody touched is no decision."""
    known_how = ~Q(**{f"{of}field__in": MEASURED}) | Q(**{f"{of}undo__has_key": "again"})
    undone = Q(**{f"{of}state": FieldState.UNDONE}) & known_how
    accepted = undoable(now=now, of=of) & Q(**{f"{of}by__isnull": False})
    return Q(**{f"{of}state": FieldState.KEPT}) | undone | accepted


def _by_lead(items: QuerySet[EnrichmentItem]) -> Mapping[Any, list[EnrichmentItem]]:
    found: dict[Any, list[EnrichmentItem]] = defaultdict(list)
    for item in items:
        found[item.lead_id].append(item)
    return found


def _fields(job: Enrichment, ids: Sequence[Any], show: str) -> Mapping[Any, list[EnrichedField]]:
    rows = EnrichedField.objects.of(job.workspace_id).filter(item__enrichment=job, lead__in=ids, **FIELDS.get(show, {}))
    found: dict[Any, list[EnrichedField]] = defaultdict(list)
    if show in ("missing", "left"):
        return found
    for row in rows.select_related("item", "by").order_by("pk"):
        found[row.lead_id].append(row)
    return found


def _group(
    lead: Lead, items: Sequence[EnrichmentItem], fields: Sequence[EnrichedField], show: str, now: datetime
) -> Group:
    shown = (ItemState.LEFT,) if show == "left" else CAME_TO_NOTHING if show in ("all", "missing") else ()
    first = items[0]
    lines = [line_of(field, now=now) for field in fields]
    missing = [each for each in items if each.state in shown]
    answered = [each for each in items if getattr(each, "is_free", False)] if show == "all" else []
    free = [(each, WHY_FREE.get(each.kind, "")) for each in answered]
    return Group(lead, first.score_before, first.grade_before, lines, missing, free)
