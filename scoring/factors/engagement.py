"""What has happened between us and the lead, lately and ever: engagement and engagement history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan

import numpy as np

from scoring.columns import Bools, Events, Floats, LeadFacts
from scoring.rulebook import FIRST_EXPECTED, ScoringProfile

# Points of each event; 40 points fill 63 % of what engagement can reach. Our own judgement, in the order of effort that
# the lead took; a reply is what others take as the unit, too. What only we did has none: no mail, no message left, no
# note, no move to another stage. Nor has a call of which nobody said what came of it: it is neither answer nor silence.
TOUCH_POINTS = {
    "meeting": 60.0,
    "email_replied": 40.0,
    "call_reached": 30.0,
    "email_clicked": 15.0,
    "visit": 12.0,
    "email_opened": 6.0,
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
RATE_POINTS = 20.0  # of a lead that answers everything
SATURATION = 40.0
HALF_LIFE = 30.0
WINDOW = 90.0

ANSWERS = frozenset({"email_replied", "meeting", "call_reached"})
ATTEMPTS = frozenset({"email_sent", "call_reached", "call_voicemail", "call_no_answer", "call_refused"})
UNTOLD = "call"  # one without an outcome
INTEREST = frozenset({"email_opened", "email_clicked", "visit"})
CAME_BACK = ANSWERS | INTEREST - {"email_opened"}  # what ends silence; a mail program may open a mail by itself
REFUSALS = frozenset({"call_refused", "opt_out"})
COUNTED = ATTEMPTS | REFUSALS | TOUCH_POINTS.keys()  # what moves either factor
PATIENCE = 14.0  # days in which an attempt may still be answered; only then does silence speak. Our own judgement.
PRIOR_RATE, PRIOR_WEIGHT = 0.4, 3.0
ANSWER_HALF_LIFE = 180.0
RATE_SHARE = 0.7
LOST_DEAL = 0.8


def engagement(facts: LeadFacts, _rulebook: ScoringProfile) -> Floats:
    """Activity of the last 90 days: `1 - exp(-points / 40)`, each event's points halved every 30 days.

    To the points of events come `20 * answers / (attempts + 1)`, the response rate of the window, its events faded alike.
    Silence is 0: once an attempt had 14 days to be answered and neither answer, click nor visit came after it, the
    filling is the value. Before that, what happened can only raise what is usual, 0.4: `0.4 + 0.6 * (1 -
    exp(-points / 40))`. Unknown with neither touch nor public sign, which counts 0.4, too: an average of values
    that hold an expectation would grow by itself. Worked example: a mail 40 days ago and its reply 30 days ago are
    20 + 20 * 0.5 / 1.5 = 26.7 points, `0.4 + 0.6 * 0.49 = 0.69`; hiring today (35) after a mail unanswered for 20
    days: `1 - exp(-0.875) = 0.58`.
    """
    public, own = _recent(facts.signals, PUBLIC_POINTS, facts.n), _recent(facts.touches, TOUCH_POINTS, facts.n)
    points = public + own + RATE_POINTS * _response_rate(facts)
    filled = -np.expm1(-points / SATURATION)
    hopeful = np.where(points > 0, FIRST_EXPECTED + (1 - FIRST_EXPECTED) * filled, nan)
    return np.where(is_silent(facts), filled, hopeful)


def engagement_history(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """All past interactions: 0.7 of the answer rate, 0.3 of how recent the last answer is.

    Answers are replies, meetings and calls that reached the person. The rate is shrunk to 0.4 with the weight of three
    attempts (beta prior); the last answer fades with a half-life of 180 days; a won deal lifts to `0.5 + value / 2`, a
    lost one leaves 0.8 of it; an opt-out is 0. An attempt counts once it was answered or is 14 days old; unknown before
    the first that counts. Worked example: one answer, today, to two mails: `0.7 * 2.2 / 5 + 0.3 = 0.61`.
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


def is_silent(facts: LeadFacts) -> Bools:
    """Whether an attempt of the window had its time to be answered, and nothing has come back since; or they said no."""
    touches = facts.touches
    if not len(touches.rows):
        return np.zeros(facts.n, dtype=bool)
    came = touches.newest(CAME_BACK, facts.n)[touches.rows]
    wanted = _is(touches, ATTEMPTS) & (touches.ages > PATIENCE) & (touches.ages <= WINDOW) & (touches.ages < came)
    refused = _is(touches, REFUSALS) & (touches.ages <= WINDOW)
    return np.bincount(touches.rows[wanted | refused], minlength=facts.n) > 0


def _response_rate(facts: LeadFacts) -> Floats:
    """Answers in the window for each attempt that counts, with one more assumed that has none; faded by age."""
    touches = facts.touches
    if not len(touches.rows):
        return np.zeros(facts.n)
    answers = _faded(touches, lambda kind: float(kind in ANSWERS), facts.n)
    waiting = touches.ages <= PATIENCE
    attempts = _faded(touches, lambda kind: float(kind in ATTEMPTS), facts.n, leave_out=waiting)
    return answers / (np.maximum(attempts, answers) + 1)


def _attempts(facts: LeadFacts) -> Floats:
    """Attempts that count: all of them once there was an answer, else those that had time to be answered."""
    touches = facts.touches
    if not len(touches.rows):
        return np.zeros(facts.n)
    answered = np.isfinite(touches.newest(ANSWERS, facts.n))[touches.rows]
    wanted = _is(touches, ATTEMPTS) & (answered | (touches.ages > PATIENCE) | _is(touches, REFUSALS))
    return np.bincount(touches.rows[wanted], minlength=facts.n).astype(float)


def _is(events: Events, kinds: frozenset[str]) -> Bools:
    return events.kinds.map(lambda kind: kind in kinds) > 0


def _recent(events: Events, points: Mapping[str, float], n: int) -> Floats:
    """Each lead's points of the window's events, each faded by its age."""
    return _faded(events, lambda kind: points.get(kind, 0.0), n) if len(events.rows) else np.zeros(n)


def _faded(events: Events, weigh: Callable[[str], float], n: int, *, leave_out: Bools | None = None) -> Floats:
    """Each lead's sum of the weights of its events of the last 90 days, halved every 30."""
    weights = events.kinds.map(weigh) * np.exp2(-events.ages / HALF_LIFE)
    counts = events.ages <= WINDOW if leave_out is None else (events.ages <= WINDOW) & ~leave_out
    return np.bincount(events.rows, weights=np.where(counts, weights, 0), minlength=n).astype(float)
