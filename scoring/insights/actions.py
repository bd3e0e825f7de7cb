"""What to do next with a lead: each action's gain is found by scoring again with the facts that it may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from scoring.case import Case, Citation
from scoring.given.changes import changes_of
from scoring.heeding import condemned
from scoring.insights import contact_steps, data_steps
from scoring.insights.step import Step, StepRule, scored_after

RULES: tuple[StepRule, ...] = (*data_steps.RULES, *contact_steps.RULES)


@dataclass(frozen=True, slots=True)
class Action:
    """A next action: credits it costs (None: no price is known, 0: free) and the total and grade it may lead to.

    `is_offered`: whether it can be done here. `changes` are the facts that it would change, in the JSON form of given facts.
    """

    key: str
    title: str
    why: str
    price: Decimal | None
    gain: int
    total: int
    grade: str
    grade_before: str
    chance: float
    changes: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Citation, ...] = ()
    is_offered: bool = True

    @property
    def expected_gain(self) -> float:
        """Points, weighed by the chance that it works."""
        return self.gain * self.chance

    @property
    def changes_grade(self) -> bool:
        return self.grade != self.grade_before

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "why": self.why,
            "price": None if self.price is None else float(self.price),
            "gain": self.gain,
            "total": self.total,
            "grade": self.grade,
            "grade_before": self.grade_before,
            "chance": self.chance,
            "offered": self.is_offered,
            "changes": dict(self.changes),
            "evidence": [cited.to_json() for cited in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Tried:
    """A step, and the total and grade of the lead if it works."""

    step: Step
    total: int
    grade: str


def tried(case: Case) -> tuple[Tried, ...]:
    """What can be done, in the rules' order, without what could only lower the score.

    Nothing with somebody who does not want to be contacted.
    """
    steps = [] if case.is_refused else [step for rule in RULES if (step := rule(case))]
    if not steps:
        return ()
    after = scored_after(case, [[step] for step in steps])
    found = zip(steps, after.total.tolist(), after.grade, strict=True)
    return tuple(Tried(*each) for each in found if each[1] >= case.scored.total[0])


def actions(case: Case, prices: Mapping[str, Decimal]) -> tuple[Action, ...]:
    """The next actions: those that are offered first, then those that promise most; `prices` are credits by kind."""
    found = [_action(case, each, prices) for each in tried(case)]
    return tuple(sorted(found, key=lambda action: (not action.is_offered, -action.expected_gain)))


def price_of(step: Step, prices: Mapping[str, Decimal]) -> Decimal | None:
    """Credits; 0 for what costs time only, None where no price is known."""
    return prices.get(step.price_kind) if step.price_kind else Decimal(0)


def _action(case: Case, found: Tried, prices: Mapping[str, Decimal]) -> Action:
    step = found.step
    return Action(
        key=step.key,
        title=step.title,
        why=step.why,
        price=price_of(step, prices),
        gain=found.total - int(case.scored.total[0]),
        total=found.total,
        grade=found.grade,
        grade_before=case.scored.grade[0],
        chance=step.chance,
        changes=changes_of(step.facts, step.touches, now=case.facts.now, condemned=condemned(case.facts)),
        evidence=step.evidence,
        is_offered=step.is_offered,
    )
