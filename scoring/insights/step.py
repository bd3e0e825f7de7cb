"""What next actions have in common: a step that may change facts, and the lead scored again as if it had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.case import Case, Citation
from scoring.columns import Event
from scoring.engine import Scores
from scoring.heeding import condemned, heeded, outlived
from scoring.rows import Row, columns_of, row_of
from scoring.rules import score_each


@dataclass(frozen=True, slots=True)
class Step:
    """An action as its rule proposes it, and what it changes if it works.

    `facts` are new values by their names in `scoring.rows.Row`, `touches` kinds of what happens today, `chance` (0..1)
    that it works: our own judgement until outcomes are measured. `price_kind` is "" where it costs nothing but time.
    `is_offered`: it can be done here, and so that the lead's facts change by it; what is not is advice, and no way up.
    """

    key: str
    title: str
    why: str
    chance: float
    facts: Mapping[str, Any] = field(default_factory=dict)
    touches: tuple[str, ...] = ()
    price_kind: str = ""
    evidence: tuple[Citation, ...] = ()
    is_offered: bool = True

    @property
    def has_effect(self) -> bool:
        return bool(self.facts or self.touches)


StepRule = Callable[[Case], Step | None]


def scored_after(case: Case, sets: Sequence[Sequence[Step]]) -> Scores:
    """The scores of the lead after each of these sets of steps, all at once; of two that set one fact the later counts.

    Each by the rules of the industry that it is in then.
    """
    base, today = row_of(case.facts), case.facts.now.date()
    base = base._replace(email=base.email.before or base.email)
    rows, wrong = [_after(base, steps) for steps in sets], condemned(case.facts)
    seen = [event._replace(row=row) for row in range(len(rows)) for event in case.facts.signals.all]
    touches = [
        outlived(event, {name for step in steps for name in step.facts if name in wrong})._replace(row=row)
        for row, steps in enumerate(sets)
        for event in case.facts.touches.all
    ]
    touches += [
        Event(row, kind, 0.0, today) for row, steps in enumerate(sets) for step in steps for kind in step.touches
    ]
    facts = heeded(columns_of(rows, signals=seen, touches=touches, now=case.facts.now))
    return score_each(facts, [case.rulebook_in(row.industry) for row in rows])


def _after(row: Row, steps: Sequence[Step]) -> Row:
    changed: dict[str, Any] = {}
    for step in steps:
        changed |= step.facts
    return row._replace(**changed)
