"""The best that people can come to whose rest is still to be bought: what a purchase may tell counts in full."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring import engine
from scoring.columns import LeadFacts
from scoring.rulebook import GRADES, KEYS, STEPS
from scoring.rules import Rules

# What stays as it is: a purchase tells no signals, and the title was shown before it.
STAYS = frozenset({"engagement", "engagement_history", "job_title"})
STAYS_IF_KNOWN = frozenset({"industry_match"})  # one fact alone, which is known or not


def best_case(rules: Rules, facts: LeadFacts) -> Sequence[tuple[int, str]]:
    """The best total and grade of each lead. Where an industry's own rules may come to hold, nothing is ruled out."""
    if rules.by_industry:
        return [(100, GRADES[0])] * facts.n
    scores = engine.tally(best_steps(engine.values_of(facts, rules.default)), rules.default)
    return list(zip(scores.total.tolist(), scores.grade, strict=True))


def best_steps(steps: engine.Steps) -> engine.Steps:
    """Factors in steps of 1/10,000 with everything at its best that a purchase may still tell."""
    best = np.full_like(steps, STEPS)
    for column, key in enumerate(KEYS):
        if key in STAYS:
            best[:, column] = steps[:, column]
        elif key in STAYS_IF_KNOWN:
            best[:, column] = np.where(steps[:, column] == engine.UNKNOWN, STEPS, steps[:, column])
    return best
