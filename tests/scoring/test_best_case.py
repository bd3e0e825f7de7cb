"""What people may come to at best before the rest of them is bought."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.best_case import STAYS, best_steps
from scoring.engine import UNKNOWN, tally
from scoring.rulebook import KEYS, STEPS, ScoringProfile

CASES = {
    "a title is known before": ("job_title", 3_000, 3_000),
    "a title that says nothing": ("job_title", UNKNOWN, UNKNOWN),
    "an industry is what it is": ("industry_match", 4_000, 4_000),
    "an industry may turn out to fit": ("industry_match", UNKNOWN, STEPS),
    "a better way to make contact may be sold": ("contactability", 3_500, STEPS),
    "more facts of the company may be": ("company_fit", 2_000, STEPS),
}


def row(**values: int) -> np.ndarray:
    return np.array([[values.get(key, UNKNOWN) for key in KEYS]], dtype=np.int64)


@pytest.mark.parametrize(("key", "before", "best"), CASES.values(), ids=CASES)
def test_what_a_purchase_may_tell_counts_in_full(key, before, best):
    assert best_steps(row(**{key: before}))[0, KEYS.index(key)] == best


def test_no_purchase_comes_to_more():
    """Whatever it tells of the factors that it can tell of: a thousand leads shown, and sold."""
    chance = np.random.default_rng(8)
    shown, sold = chance.integers(UNKNOWN, STEPS, (2, 1000, 10), endpoint=True)
    shown[chance.random(shown.shape) < 0.5] = UNKNOWN
    stays = np.array([key in STAYS for key in KEYS]) | ((np.array(KEYS) == "industry_match") & (shown != UNKNOWN))

    best = tally(best_steps(shown), ScoringProfile()).total

    assert (tally(np.where(stays, shown, sold), ScoringProfile()).total <= best).all()
    assert best.min() < 80
