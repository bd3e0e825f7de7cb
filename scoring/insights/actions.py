"""What to do next with a lead: each action's gain is found by scoring again with the facts that it may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.case import Case, Citation
from scoring.insights import contact_steps, data_steps
from scoring.insights.step import Step, StepRule, scored_after

LIKELY = 0.3  # the least chance of an action that a way to the next grade counts on, where there is a choice
RULES: tuple[StepRule, ...] = (*data_steps.RULES, *contact_steps.RULES)


@dataclass(frozen=True, slots=True)
class Action:
    """A next action: credits it costs (None: no price is known, 0: free) and the total and grade it may lead to."""

    key: str
    title: str
    why: str
    price: Decimal | None
    gain: int
    total: int
    grade: str
    grade_before: str
    chance: float
    evidence: tuple[Citation, ...] = ()

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
            "evidence": [cited.to_json() for cited in self.evidence],
        }


def steps_for(case: Case) -> tuple[Step, ...]:
    """What can be done, in the rules' order; nothing with somebody who does not want to be contacted."""
    return () if case.is_refused else tuple(step for rule in RULES if (step := rule(case)))


def actions(case: Case, prices: Mapping[str, Decimal]) -> tuple[Action, ...]:
    """The next actions, those that promise most first, without what could only lower the score; `prices` by kind."""
    steps = steps_for(case)
    if not steps:
        return ()
    after = scored_after(case, [[step] for step in steps])
    found = [
        _action(case, step, int(total), grade, prices)
        for step, total, grade in zip(steps, after.total, after.grade, strict=True)
    ]
    return tuple(sorted((each for each in found if each.gain >= 0), key=lambda action: -action.expected_gain))


def price_of(step: Step, prices: Mapping[str, Decimal]) -> Decimal | None:
    """Credits; 0 for what costs time only, None where no price is known."""
    return prices.get(step.price_kind) if step.price_kind else Decimal(0)


def _action(case: Case, step: Step, total: int, grade: str, prices: Mapping[str, Decimal]) -> Action:
    return Action(
        key=step.key,
        title=step.title,
        why=step.why,
        price=price_of(step, prices),
        gain=total - int(case.scored.total[0]),
        total=total,
        grade=grade,
        grade_before=case.scored.grade[0],
        chance=step.chance,
        evidence=step.evidence,
    )
