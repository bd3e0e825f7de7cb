"""What has happened between us and the lead, lately and ever: engagement and engagement history."""

from __future__ import annotations

from math import nan

import numpy as np

from scoring.columns import Floats, LeadFacts
from scoring.rulebook import ScoringProfile

# Points of each event; 40 points fill 63 % of what engagement can reach.
TOUCH_POINTS = {
    "meeting": 60.0,
    "email_replied": 40.0,
    "call": 10.0,
    "email_opened": 6.0,
    "email_sent": 0.0,
    "opt_out": 0.0,
}
PUBLIC_POINTS = {
    "new_in_role": 40.0,
    "hiring": 35.0,
    "funding": 35.0,
    "expansion": 25.0,
    "technology": 15.0,
    "growth": 15.0,
    "news": 8.0,
}
SATURATION = 40.0
HALF_LIFE = 30.0
WINDOW = 90.0

ANSWERS = frozenset({"email_replied", "meeting"})
ATTEMPTS = frozenset({"email_sent", "call"})
PRIOR_RATE, PRIOR_WEIGHT = 0.4, 3.0
ANSWER_HALF_LIFE = 180.0
RATE_SHARE = 0.7
LOST_DEAL = 0.8


def engagement(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Activity of the last 90 days: `1 - exp(-points / 40)`, each event's points halved every 30 days.

    Once somebody was in touch, touches and public signs count together, and silence is 0. Before that public signs
    alone can only raise what is expected: `e + (1 - e) * (1 - exp(-points / 40))`. Unknown with neither touch nor
    public sign. Worked example: a reply 30 days ago is 20 points, `1 - exp(-0.5) = 0.39`; hiring today (35 points) where
    0.4 is expected, never contacted: `0.4 + 0.6 * 0.58 = 0.75`.
    """
    touched = facts.touches.newest(frozenset(TOUCH_POINTS), facts.n) <= WINDOW
    public = _recent(facts, PUBLIC_POINTS)
    own = facts.touches.summed(lambda kind: TOUCH_POINTS.get(kind, 0.0), facts.n, fading=lambda _kind: HALF_LIFE)
    filled = -np.expm1(-(public + own) / SATURATION)
    expected = rulebook.expected_of("engagement")
    untouched = np.where(public > 0, expected + (1 - expected) * filled, nan)
    return np.where(touched, filled, untouched)


def engagement_history(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """All past interactions: 0.7 of the answer rate, 0.3 of how recent the last answer is.

    The rate is shrunk to 0.4 with the weight of three attempts (beta prior); the last answer fades with a half-life of
    180 days; a won deal lifts to `0.5 + value / 2`, a lost one leaves 0.8 of it; an opt-out is 0. Unknown if nobody was
    ever in touch. Worked example: one answer, today, to two mails: `0.7 * 2.2 / 5 + 0.3 = 0.61`.
    """
    answers = facts.touches.summed(lambda kind: kind in ANSWERS, facts.n)
    attempts = np.maximum(facts.touches.summed(lambda kind: kind in ATTEMPTS, facts.n), answers)
    rate = (answers + PRIOR_RATE * PRIOR_WEIGHT) / (attempts + PRIOR_WEIGHT)
    freshness = np.exp2(-facts.touches.newest(ANSWERS, facts.n) / ANSWER_HALF_LIFE)
    value = RATE_SHARE * rate + (1 - RATE_SHARE) * freshness
    value = np.where(facts.outcomes.map(lambda outcome: outcome == "won") > 0, 0.5 + value / 2, value)
    value = np.where(facts.outcomes.map(lambda outcome: outcome == "lost") > 0, LOST_DEAL * value, value)
    opted_out = facts.touches.summed(lambda kind: kind == "opt_out", facts.n) > 0
    never = (attempts == 0) & (facts.outcomes.map(lambda outcome: outcome in ("won", "lost")) == 0)
    return np.where(opted_out | facts.is_barred, 0.0, np.where(never, nan, value))


def _recent(facts: LeadFacts, points: dict[str, float]) -> Floats:
    """Points of the public signs of the window, each faded by its age."""
    signals = facts.signals
    if not signals.all:
        return np.zeros(facts.n)
    weights = signals.kinds.map(lambda kind: points.get(kind, 0.0)) * np.exp2(-signals.ages / HALF_LIFE)
    return np.bincount(signals.rows, weights=np.where(signals.ages <= WINDOW, weights, 0), minlength=facts.n).astype(
        float
    )
