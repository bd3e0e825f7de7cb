"""Prospects graded by all that is known of them, not only by what their source says: as their lead will be scored.

A prospect at a company that the workspace knows better, or one that is a lead already, would otherwise be judged by other
facts than it is scored by, and have two grades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leadengine.workflows.judging import Judged, graded
from leads.company_memory import recalled
from leads.identity import Identity
from leads.models import Lead, Reason, Run
from scoring.engine import Scores
from scoring.facts import from_candidates, from_leads
from scoring.rules import Rules


@dataclass(frozen=True, slots=True)
class Mark:
    """A grade with its score."""

    grade: str
    total: int


def regraded(
    run: Run, judged: Sequence[Judged], again: Mapping[int, Lead], rules: Rules, *, lowest: str, now: datetime
) -> list[Judged]:
    """The batch with the grades that its leads will have, and refused or not by these.

    `again`: by position, the leads that may be delivered again. `lowest`: the least grade to deliver.
    """
    open_ = {place: each for place, each in enumerate(judged) if _is_open(each)}
    others = {place: each for place, each in open_.items() if place not in again}
    marks = at_companies(run.workspace_id, others, rules, asked_at=run.created_at, now=now)
    marks |= of_leads({place: lead for place, lead in again.items() if place in open_}, rules, now)
    return marked(judged, marks, lowest=lowest)


def marked(judged: Sequence[Judged], marks: Mapping[int, Mark], *, lowest: str) -> list[Judged]:
    """The same with these marks at their positions."""
    return [_marked(each, marks[place], lowest) if place in marks else each for place, each in enumerate(judged)]


def _is_open(judged: Judged) -> bool:
    return judged.refusal is None or judged.refusal.reason == Reason.BELOW_GRADE


def _marked(judged: Judged, mark: Mark, lowest: str) -> Judged:
    return graded(replace(judged, total=mark.total, refusal=None), mark.grade, lowest)


def at_companies(
    workspace_id: int,
    judged: Mapping[int, Judged],
    rules: Rules,
    *,
    asked_at: datetime,
    now: datetime,
    held: Mapping[Identity, UUID] | None = None,
) -> dict[int, Mark]:
    """The marks of those of whose company more is known than they say, by their position."""
    prospects = {place: each.prospect for place, each in judged.items()}
    known = recalled(workspace_id, prospects, asked_at=asked_at, now=now, held=held)
    if not known:
        return {}
    better = [replace(judged[at], prospect=replace(prospects[at], candidate=known[at])) for at in known]
    scores = rules.score(from_candidates(better, now=now, asked_at=asked_at))
    return dict(zip(known, _marks(scores), strict=True))


def of_leads(again: Mapping[int, Lead], rules: Rules, now: datetime) -> dict[int, Mark]:
    if not again:
        return {}
    return dict(zip(again, _marks(rules.score(from_leads(again.values(), now=now))), strict=True))


def _marks(scores: Scores) -> list[Mark]:
    return [Mark(str(grade), int(total)) for grade, total in zip(scores.grade, scores.total, strict=True)]
