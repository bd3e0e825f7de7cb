"""How grades spread over what a search matches, and over the 250 leads that a rep gets of it: the best come first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone

from benchmarks.data import sample_directory, worked_off, workspace_with
from benchmarks.figures import Figure
from benchmarks.stock_searches import MOST_LEADS, STOCK_SEARCHES
from leadengine.workflows.briefs import Brief
from leadengine.workflows.desk import Desk
from leadengine.workflows.grade_forecast import expected_grades
from leads.criteria import Criteria
from leads.models import Delivery
from scoring.rulebook import GRADES

MOST_LOOKED_AT = 1_500
PROMISED = {"A+": "2 to 10 % promised"}


def run() -> Iterator[Figure]:
    sample_directory()
    matching, delivered = spread(), best()
    for name in STOCK_SEARCHES:
        for grade in GRADES:
            promised = PROMISED.get(grade, "each must occur")
            yield Figure(
                f"grades/{name}/{grade}",
                _share(matching[name], grade),
                "% of matches",
                None,
                promised,
                matching[name].total(),
            )
            yield Figure(
                f"grades/{name}/{grade} delivered",
                _share(delivered[name], grade),
                "% of leads",
                None,
                "the best come first",
                delivered[name].total(),
            )


def spread() -> dict[str, Counter[str]]:
    """Grades of the first 1,500 that each stock search matches, or of all, on the directory as it stands."""
    workspace, _user = workspace_with(1, slug="search-all")
    briefs = {
        name: Brief(criteria=Criteria.from_json(asked), sources=("directory",), most_leads=MOST_LOOKED_AT)
        for name, asked in STOCK_SEARCHES.items()
    }
    desk = Desk(workspace, timezone.now())
    found = {name: expected_grades(brief, desk, look=MOST_LOOKED_AT) for name, brief in briefs.items()}
    return {name: Counter(each.counted) for name, each in found.items()}


def best() -> dict[str, Counter[str]]:
    """Grades delivered by each stock search, each in a workspace of its own."""
    found = {}
    for number, (name, criteria) in enumerate(STOCK_SEARCHES.items()):
        workspace, user = workspace_with(MOST_LEADS, slug=f"search-{number}")
        run = worked_off(workspace, user, criteria, most_leads=MOST_LEADS)
        found[name] = Counter(Delivery.objects.filter(run=run).values_list("grade", flat=True))
    return found


def _share(grades: Counter[str], grade: str) -> float:
    return round(100 * grades[grade] / grades.total(), 1)
