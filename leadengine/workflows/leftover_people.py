"""The people behind exclusions that are to be included: rows about one person, of whatever source, are one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadengine.workflows.judging import Judged, check
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.matching import cluster
from leads.models import Exclusion, Run
from leads.prospecting import prospect
from scoring.engine import Scores
from scoring.facts import from_candidates
from scoring.rules import Rules


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the rows that are about them, the first one first, and what all of these say together."""

    rows: tuple[Exclusion, ...]
    judged: Judged


def people_of(rows: Sequence[Exclusion], run: Run, rules: Rules, *, now: datetime) -> tuple[list[Person], Scores]:
    """Each person of the rows in the order of their first row, graded whatever the grade, and the scores in that order."""
    anything = Criteria()
    candidates = [Candidate.from_json(row.candidate or {}) for row in rows]
    groups = sorted(sorted(group) for group in cluster(candidates))
    found = [prospect([candidates[index] for index in group], anything) for group in groups]
    checked = [check(each, anything, must_reach=False) for each in found]
    scores = rules.score(from_candidates(checked, now=now, asked_at=run.created_at))
    marks = zip(checked, scores.grade, scores.total, strict=True)
    graded = [replace(each, grade=grade, total=int(total)) for each, grade, total in marks]
    people = [Person(tuple(rows[index] for index in group), each) for group, each in zip(groups, graded, strict=True)]
    return people, scores
