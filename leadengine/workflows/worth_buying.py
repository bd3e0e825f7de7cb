"""Whose rest is worth buying: whom the run would deliver by all that is known without paying, and could grade well enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from leadengine.workflows.asking import Asked
from leadengine.workflows.deciding import decide
from leadengine.workflows.judging import Judged, check
from leadengine.workflows.outcomes import seen_by
from leadengine.workflows.settling import room
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.criteria.judging import NOT_KNOWN
from leads.models import Lane, Reason, Run
from leads.prospecting import Prospect, Refusal, at_company, prospect
from leads.sources.connector import Connector
from leads.unbought import set_aside
from scoring.best_case import best_case
from scoring.engine import at_least
from scoring.facts import from_candidates
from scoring.rules import Rules


def aside_from_purchase(
    source: Connector, run: Run, lane: Lane, asked: Asked, criteria: Criteria, rules: Rules, now: datetime
) -> Mapping[int, Candidate]:
    """Those at each place of the page who are not to be bought, marked with the reason that the receipt tells."""
    judged = _judged(source, run, asked, criteria, rules, now)
    with transaction.atomic():
        seen, _again = seen_by(run, judged, now)
    decided = decide(judged, seen, room(run, lane))
    return {
        each.index: set_aside(asked.page.candidates[each.index], each.refusal.reason, each.refusal.detail)
        for each in decided
        if each.refusal and asked.page.candidates[each.index].is_unbought
    }


def _judged(
    source: Connector, run: Run, asked: Asked, criteria: Criteria, rules: Rules, now: datetime
) -> Sequence[Judged]:
    """Each candidate with its best possible total, and why it is refused already."""
    found = [at_company(prospect([each], criteria), asked.told, criteria) for each in asked.page.candidates]
    checked = [check(_excused(each, source, criteria), criteria, must_reach=False) for each in found]
    best = best_case(rules, from_candidates(checked, now=now, asked_at=run.created_at))
    return [
        replace(each, total=total, grade=grade, refusal=each.refusal or _below(grade, run.lowest_grade))
        for each, (total, grade) in zip(checked, best, strict=True)
    ]


def _excused(found: Prospect, source: Connector, criteria: Criteria) -> Prospect:
    """What is missing may hold where it is unknown still, and was in the question that the source answered."""
    mismatches = criteria.judge(found.candidate)
    may_hold = all(each.found == NOT_KNOWN and each.criterion in source.filters for each in mismatches)
    is_mismatch = found.refusal is not None and found.refusal.reason == Reason.CRITERIA_MISMATCH
    return replace(found, refusal=None) if is_mismatch and may_hold else found


def _below(grade: str, lowest: str) -> Refusal | None:
    if at_least(grade, lowest):
        return None
    return Refusal(Reason.BELOW_GRADE, f"Grade {grade} at best, you asked for {lowest} or better: not bought")
