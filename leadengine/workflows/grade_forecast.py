"""The grades to expect of a run, before it starts: a sample from all over what it will go through, graded for real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadengine.workflows.asking import SMALLEST_BATCH, TO_CHOOSE_FROM
from leadengine.workflows.briefs import Brief
from leadengine.workflows.counting import LOOK, looked_at
from leadengine.workflows.desk import Desk
from leadengine.workflows.judging import check
from leadengine.workflows.judging_apart import judged_apart
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.prospecting import sift
from leads.sources import registry
from leads.sources.base import Source, SourceError
from scoring.engine import GRADES
from scoring.facts import from_candidates
from scoring.rules import Rules

SURE = 98  # per cent, over the root of the sample: within so many points a share is, 95 times of 100


@dataclass(frozen=True, slots=True)
class GradeForecast:
    """How many of the sample would be delivered with which grade, by `sampled` candidates of `out_of`.

    >>> GradeForecast({"A": 60, "B": 140}, sampled=200, out_of=1000).margin
    7
    """

    counted: Mapping[str, int] = field(default_factory=dict)
    sampled: int = 0
    out_of: int = 0

    @property
    def shares(self) -> dict[str, int]:
        """As per cent; empty where nobody is found."""
        number = sum(self.counted.values())
        return {grade: round(100 * self.counted.get(grade, 0) / number) for grade in GRADES} if number else {}

    @property
    def margin(self) -> int:
        """By how many points a share may be wrong, about: none where everybody was graded."""
        return round(SURE / self.sampled**0.5) if self.sampled < self.out_of else 0


def expected_grades(brief: Brief, desk: Desk, *, look: int = LOOK) -> GradeForecast:
    """What the run's leads will look like, about. Nothing while a source does not answer."""
    request, leads = desk.request(brief), brief.most_leads
    few, seen = looked_at(desk, request)
    sources = [source for source in map(registry.get, brief.sources) if source.is_counted and source.name not in few]
    try:
        spreads = [source.spread(request, _pool(source, leads), look) for source in sources]
    except SourceError:
        return GradeForecast()
    rules, counted = desk.rules(brief.criteria), Counter(grade for _total, grade in seen.marks[:leads])
    for spread in spreads:
        ranked = _ranked(spread.candidates, brief.criteria, rules, desk.now)
        # Of more than are wanted the best are delivered.
        taken = len(spread.candidates) * leads / spread.out_of if spread.out_of > leads else len(ranked)
        counted.update(ranked[: max(1, round(taken))])
    sampled, out_of = (
        sum(numbers) for numbers in ([len(each.candidates) for each in spreads], [each.out_of for each in spreads])
    )
    return GradeForecast(counted, len(seen.marks) + sampled, len(seen.marks) + out_of)


def _pool(source: Source, leads: int) -> int:
    """How many candidates the run goes through for so many leads."""
    batch = min(source.batch, TO_CHOOSE_FROM * max(SMALLEST_BATCH, leads))
    return max(leads, batch) if source.is_local else leads


def _ranked(candidates: Sequence[Candidate], criteria: Criteria, rules: Rules, now: datetime) -> list[str]:
    """The grades of these, the best first; the refused apart."""
    judged, _ = judged_apart(candidates, lambda some: [check(each, criteria) for each in sift(some, criteria)])
    kept = [each for each in judged if each.refusal is None]
    if not kept:
        return []
    scores = rules.score(from_candidates(kept, now=now))
    return [grade for _total, grade in sorted(zip(-scores.total, scores.grade, strict=True))]
