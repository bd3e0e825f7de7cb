"""How a lead stands in its industry within the workspace, and industries beside each other: counts of totals, no rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from leads.models import Lead
from leads.vocabulary import industries
from scoring.models import LeadScore, ScoreQuerySet

ENOUGH = 30
TOP = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """Of `compared` other leads of `industry`, `below` have a lower score; under 30 it says nothing."""

    industry: str
    compared: int
    below: int

    @property
    def is_enough(self) -> bool:
        return self.compared >= ENOUGH

    @property
    def percentile(self) -> int:
        """Rounded, but 100 only where it is better than all."""
        if self.below == self.compared:
            return 100 if self.compared else 0
        return min(99, round(100 * self.below / self.compared))

    @property
    def said(self) -> str:
        """ "Better than 82 % of 214 in Software Development", or that there are too few."""
        name = industries.label(self.industry)
        if not self.is_enough:
            others = "no other lead" if not self.compared else f"{self.compared} other{'s'[: self.compared > 1]}"
            return f"Too few to compare: {others} in {name}."
        if self.below == self.compared:
            return f"Better than all {self.compared:,} others in {name}."
        if not self.below:
            return f"None of {self.compared:,} others in {name} has a lower score."
        if not self.percentile:
            return f"Better than {self.below:,} of {self.compared:,} in {name}."
        return f"Better than {self.percentile} % of {self.compared:,} in {name}."

    def to_json(self) -> dict[str, Any]:
        percent = self.percentile if self.is_enough else None
        return {"industry": self.industry, "compared": self.compared, "percentile": percent}


def standing(lead: Lead, total: int) -> Standing | None:
    """Within the lead's industry; where that has fewer than 30 others, within the nearest above that has more.

    None without an industry. One query.
    """
    industry = lead.company.industry if lead.company else ""
    if industry not in industries.TREE:
        return None
    levels = (industry, *industries.ancestors(industry))
    counts: dict[str, Any] = {}
    for place, code in enumerate(levels):
        inside = Q(lead__company__industry__in=industries.descendants(code))
        counts[f"all_{place}"] = Count("pk", filter=inside)
        counts[f"below_{place}"] = Count("pk", filter=inside & Q(total__lt=total))
    widest = Q(lead__company__industry__in=industries.descendants(levels[-1]))
    found = _living(lead.workspace_id).filter(widest).exclude(pk=lead.pk).aggregate(**counts)
    stands = [Standing(code, found[f"all_{place}"], found[f"below_{place}"]) for place, code in enumerate(levels)]
    return next((each for each in stands if each.is_enough), stands[0])


@dataclass(frozen=True, slots=True)
class IndustryScores:
    """How many leads of one industry (all under a top one together) have which total."""

    industry: str
    totals: Mapping[int, int] = field(default_factory=dict)
    best: int = 0

    @property
    def label(self) -> str:
        return industries.label(self.industry) if self.industry else "Not known"

    @property
    def leads(self) -> int:
        return sum(self.totals.values())

    @property
    def is_enough(self) -> bool:
        return self.leads >= ENOUGH

    @property
    def median(self) -> float:
        return median(self.totals)

    @property
    def share_of_best(self) -> float:
        """Per cent that are A or better."""
        return 100 * self.best / self.leads if self.leads else 0.0

    def to_json(self) -> dict[str, Any]:
        told = {"industry": self.industry, "leads": self.leads}
        return told | ({"median": self.median, "best": round(self.share_of_best, 1)} if self.is_enough else {})


def by_industry(workspace: Any) -> list[IndustryScores]:
    """The top industries of the workspace's scored leads, largest first. One query."""
    rows = _living(workspace.pk).order_by().values_list("lead__company__industry", "total", "grade")
    return gathered(rows.annotate(number=Count("pk")))


def gathered(rows: Iterable[tuple[str | None, int, str, int]]) -> list[IndustryScores]:
    """Counts by (industry, total, grade) put together under the top industries.

    >>> [(each.industry, each.leads) for each in gathered([("retail-groceries", 70, "B", 2), ("retail", 80, "A", 1)])]
    [('retail', 3)]
    """
    totals: dict[str, Counter[int]] = {}
    best: Counter[str] = Counter()
    for industry, total, grade, number in rows:
        top = (industry, *industries.ancestors(industry))[-1] if industry else ""
        totals.setdefault(top, Counter())[total] += number
        best[top] += number if grade in ("A+", "A") else 0
    found = [IndustryScores(code, counted, best[code]) for code, counted in totals.items()]
    return sorted(found, key=lambda each: (-each.leads, each.label))


def median(totals: Mapping[int, int]) -> float:
    """The median of whole numbers that are counted.

    >>> median({60: 1, 70: 1}), median({50: 2, 90: 1})
    (65.0, 50.0)
    """
    count = sum(totals.values())
    if not count:
        return 0.0
    middle = {(count - 1) // 2, count // 2}
    found, passed = [], 0
    for total in sorted(totals):
        found += [total for place in middle if passed <= place < passed + totals[total]]
        passed += totals[total]
    return sum(found) / len(found)


def _living(workspace_id: int) -> ScoreQuerySet:
    scores: ScoreQuerySet = LeadScore.objects.of(workspace_id).filter(lead__erased_at__isnull=True)
    return scores
