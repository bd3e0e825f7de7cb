"""How good a workspace's leads are: grades from week to week, and how the scores spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from leadengine.charts import GRADES
from leads.models import Delivery, Lead

WEEKS = 12
BEST = GRADES[:2]


@dataclass(frozen=True, slots=True)
class Quality:
    """`weekly`: by the Monday of each of the last WEEKS weeks, leads delivered by grade; `spread`: leads by score."""

    weekly: Mapping[date, Mapping[str, int]]
    spread: Mapping[tuple[int, str], int]

    @property
    def has_history(self) -> bool:
        """Whether there is more than one week to compare."""
        return sum(any(counts.values()) for counts in self.weekly.values()) > 1

    @property
    def grades(self) -> Counter[str]:
        """Leads by their present grade."""
        counted: Counter[str] = Counter()
        for (_, grade), number in self.spread.items():
            counted[grade] += number
        return counted

    @property
    def tens(self) -> list[Mapping[str, int]]:
        """By tens of the score, 0 to 9 first and 90 to 100 last: leads by grade."""
        found: list[Counter[str]] = [Counter() for _ in range(10)]
        for (total, grade), number in self.spread.items():
            found[min(9, total // 10)][grade] += number
        return list(found)


def quality(workspace: Any, *, now: datetime) -> Quality:
    """Two queries, however many leads there are."""
    return Quality(_weekly(workspace, now), _spread(workspace))


def _weekly(workspace: Any, now: datetime) -> dict[date, dict[str, int]]:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    weeks: dict[date, dict[str, int]] = {(first + timedelta(weeks=later)).date(): {} for later in range(WEEKS)}
    kept = Delivery.objects.of(workspace).filter(delivered_at__gte=first, reversed_at__isnull=True)
    rows = kept.annotate(week=TruncWeek("delivered_at")).order_by("week", "grade").values_list("week", "grade")
    for week, grade, number in rows.annotate(number=Count("pk")):
        if week.date() in weeks:
            weeks[week.date()][grade] = number
    return weeks


def _spread(workspace: Any) -> dict[tuple[int, str], int]:
    graded = Lead.objects.of(workspace).living().filter(score__isnull=False).order_by("score__total", "score__grade")
    rows = graded.values_list("score__total", "score__grade").annotate(number=Count("pk"))
    return {(total, grade): number for total, grade, number in rows}
