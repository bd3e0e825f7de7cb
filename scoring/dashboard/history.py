"""The runs of a period, the newest first, with what they delivered by grade and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from leadengine.charts import GRADES
from leads.models import Delivery, Run
from leads.run_costs import with_cost
from scoring.dashboard.asked import NOBODY, Asked, leads_url
from scoring.dashboard.cohort import added

MOST = 8


@dataclass(frozen=True, slots=True)
class RunLine:
    """`grades` at delivery, of leads that are still there."""

    run: Run
    grades: dict[str, int] = field(default_factory=dict)

    @property
    def leads(self) -> int:
        return sum(self.grades.values())

    @property
    def cost(self) -> Any:
        return self.run.cost  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        return leads_url(f"run:{self.run.number}")

    def to_json(self) -> dict[str, Any]:
        run = self.run
        told = {"number": run.number, "name": run.name, "state": run.state, "started": run.created_at.isoformat()}
        return told | {"leads": self.leads, "grades": self.grades, "cost": f"{self.cost:.2f}"}


def history(workspace: Any, asked: Asked) -> list[RunLine]:
    """Two queries."""
    begun = added(with_cost(Run.objects.of(workspace)), asked.span).select_related("started_by")
    if asked.who is not None:
        begun = begun.none() if asked.who == NOBODY else begun.filter(started_by=asked.who)
    runs = list(begun.order_by("-created_at", "-id")[:MOST])
    counted = Delivery.objects.of(workspace).filter(run__in=runs, lead__erased_at=None).order_by()
    found: dict[Any, dict[str, int]] = {run.pk: {} for run in runs}
    for pk, grade, number in counted.values_list("run_id", "grade").annotate(number=Count("pk")):
        found[pk][grade] = number
    return [
        RunLine(run, {each: found[run.pk][each] for each in (*GRADES, "") if each in found[run.pk]}) for run in runs
    ]
