"""How grades spread over what a rep sees: the 250 leads of each stock search on the sample directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.data import sample_directory, worked_off, workspace_with
from benchmarks.figures import Figure
from benchmarks.stock_searches import MOST_LEADS, STOCK_SEARCHES
from leads.models import Delivery
from scoring.rulebook import GRADES

PROMISED = {"A+": "2 to 10 % promised"}


def run() -> Iterator[Figure]:
    sample_directory()
    for name, grades in spread().items():
        delivered = sum(grades.values())
        for grade in GRADES:
            share = 100 * grades[grade] / delivered
            yield Figure(
                f"grades/{name}/{grade}", share, "% of leads", None, PROMISED.get(grade, "each must occur"), delivered
            )


def spread() -> dict[str, Counter[str]]:
    """Grades delivered by each stock search, each in a workspace of its own, on the directory as it stands."""
    found = {}
    for number, (name, criteria) in enumerate(STOCK_SEARCHES.items()):
        workspace, user = workspace_with(MOST_LEADS, slug=f"search-{number}")
        run = worked_off(workspace, user, criteria, most_leads=MOST_LEADS)
        found[name] = Counter(Delivery.objects.filter(run=run).values_list("grade", flat=True))
    return found
