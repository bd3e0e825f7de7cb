"""What has happened between us and the lead, lately and ever: engagement and engagement history."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import numpy as np

from scoring.columns import Bools, Events, Floats, LeadFacts
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
PATIENCE = 14.0  # days in which an attempt may still be answered; only then does silence speak. Our own judgement.
PRIOR_RATE, PRIOR_WEIGHT = 0.4, 3.0
ANSWER_HALF_LIFE = 180.0
RATE_SHARE = 0.7
LOST_DEAL = 0.8


def engagement(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Activity of the last 90 days: `1 - exp(-points / 40)`, each event's points halved every 30 days.

    Once somebody answered, or had 14 days to do so, touches and public signs count together, and silence is 0. Before
    that they can only raise what is expected: `e + (1 - e) * (1 - exp(-points / 40))`. Unknown with neither touch nor
    public sign. Worked example: a reply 30 days ago is 20 points, `1 - exp(-0.5) = 0.39`; hiring today (35 points) where
    0.4 is expected, never contacted: `0.4 + 0.6 * 0.58 = 0.75`, and with a call today (10 points) `0.4 + 0.6 * 0.68`.
    """
    touched = _is_judged(facts)
    public, own = _recent(facts.signals, PUBLIC_POINTS, facts.n), _recent(facts.touches, TOUCH_POINTS, facts.n)
    filled = -np.expm1(-(public + own) / SATURATION)
    expected = rulebook.expected_of("engagement")
    untouched = np.where(public + own > 0, expected + (1 - expected) * filled, nan)
    return np.where(touched, filled, untouched)


def engagement_history(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """All past interactions: 0.7 of the answer rate, 0.3 of how recent the last answer is.

    The rate is shrunk to 0.4 with the weight of three attempts (beta prior); the last answer fades with a half-life of
    180 days; a won deal lifts to `0.5 + value / 2`, a lost one leaves 0.8 of it; an opt-out is 0. An attempt counts once
    it was answered or is 14 days old; unknown before the first that counts.
    Worked example: one answer, today, to two mails: `0.7 * 2.2 / 5 + 0.3 = 0.61`.
    """
    answers = facts.touches.summed(lambda kind: kind in ANSWERS, facts.n)
    attempts = np.maximum(_attempts(facts), answers)
    rate = (answers + PRIOR_RATE * PRIOR_WEIGHT) / (attempts + PRIOR_WEIGHT)
    freshness = np.exp2(-facts.touches.newest(ANSWERS, facts.n) / ANSWER_HALF_LIFE)
    value = RATE_SHARE * rate + (1 - RATE_SHARE) * freshness
    value = np.where(facts.outcomes.map(lambda outcome: outcome == "won") > 0, 0.5 + value / 2, value)
    value = np.where(facts.outcomes.map(lambda outcome: outcome == "lost") > 0, LOST_DEAL * value, value)
    opted_out = facts.touches.summed(lambda kind: kind == "opt_out", facts.n) > 0
    never = (attempts == 0) & (facts.outcomes.map(lambda outcome: outcome in ("won", "lost")) == 0)
    return np.where(opted_out | facts.is_barred, 0.0, np.where(never, nan, value))


def _is_judged(facts: LeadFacts) -> Bools:
    """Whether something in the window can be judged: an answer or an opening, or an attempt that had time to be answered."""
    settled = facts.touches.newest(frozenset(TOUCH_POINTS) - ATTEMPTS, facts.n) <= WINDOW
    return settled | (_unanswered(facts, PATIENCE, WINDOW) > 0)


def _attempts(facts: LeadFacts) -> Floats:
    """Attempts that count: all of them once there was an answer, else those that had time to be answered."""
    every = facts.touches.summed(lambda kind: kind in ATTEMPTS, facts.n)
    answered = np.isfinite(facts.touches.newest(ANSWERS, facts.n))
    return np.where(answered, every, _unanswered(facts, PATIENCE, np.inf))


def _unanswered(facts: LeadFacts, after: float, until: float) -> Floats:
    """Each lead's number of attempts more than `after` and at most `until` days old."""
    touches = facts.touches
    if not touches:
        return np.zeros(facts.n)
    wanted = (touches.kinds.map(lambda kind: kind in ATTEMPTS) > 0) & (touches.ages > after) & (touches.ages <= until)
    return np.bincount(touches.rows[wanted], minlength=facts.n).astype(float)


def _recent(events: Events, points: Mapping[str, float], n: int) -> Floats:
    """Each lead's points of the window's events, each faded by its age."""
    if not events:
        return np.zeros(n)
    weights = events.kinds.map(lambda kind: points.get(kind, 0.0)) * np.exp2(-events.ages / HALF_LIFE)
    return np.bincount(events.rows, weights=np.where(events.ages <= WINDOW, weights, 0), minlength=n).astype(float)
