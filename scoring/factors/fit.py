"""How well the company fits the ideal customer, and what that promises: potential, company fit, industry and size."""

from __future__ import annotations

from math import log, log2, nan

import numpy as np

from leads.names import words
from leads.vocabulary import funding, industries, technologies
from scoring.columns import Details, Floats, LeadFacts
from scoring.factors.position import job_title
from scoring.ideal import IdealCustomer
from scoring.rulebook import FIRST_EXPECTED, ScoringProfile

TENFOLD = log(10)  # a company ten times too big or too small fits not at all
FIT_SHARES = {"size": 0.4, "industry": 0.4, "technologies": 0.2, "details": 0.2}
TECHNOLOGIES_MET = (0.0, 0.8, 1.0)  # by how many of several wanted ones are in use

# Points and half-life in days of each dated signal that a company, or the person, may buy now.
SIGNALS = {
    "funding": (1.0, 180.0),
    "hiring": (0.8, 60.0),
    "expansion": (0.7, 120.0),
    "growth": (0.6, 180.0),
    "new_in_role": (0.6, 90.0),
    "technology": (0.4, 90.0),
    "news": (0.2, 30.0),
    "shrinking": (-0.8, 180.0),
}
LIFT = 0.4  # the most of the gap to 1 that signals can close
DAMPER = 0.3  # the most that a shrinking company loses

PRIOR_CLOSED = 20  # outcomes that the workspace's own win rate is worth beside an industry's
WIN_LIFT = 0.25  # what twice the usual win rate adds
NO_TARGET = 0.5  # what an industry counts by itself where none is looked for, beside what was won in it


def company_size(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Employees and revenue against the target band: 1 inside, falling by the logarithm of the distance outside.

    `1 - ln(ratio) / ln(10)`, where ratio is how many times too big or too small; the mean of employees and revenue if
    both are known. Unknown without a target or a number. Worked example: 100 people for a target of 200-1,000 are half
    the least, `1 - ln 2 / ln 10 = 0.70`.
    """
    ideal = rulebook.ideal
    pairs = [(facts.employees, ideal.employees), (facts.revenue, ideal.revenue)]
    parts = [_inside(numbers, wanted.min, wanted.max) for numbers, wanted in pairs if wanted]
    return _mean([(part, 1.0) for part in parts], facts.n)


def industry_match(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Nearness of the industry to the targets by steps through the tree, lifted or lowered by what was won in it.

    The same industry or one under it 1, parent or sibling 0.7, the same branch 0.4, else 0; plus `0.25 * log2(win rate
    / usual win rate)`, the rate shrunk by 20 outcomes at the usual one. Without targets, 0.5 and what was won in it.
    Unknown without an industry, or with neither target nor outcomes in it. Worked example: a sibling (0.7) in which 15
    of 20 were won, against 10 of 20 overall, has a shrunk rate of 0.625, so `0.7 + 0.25 * log2(1.25) = 0.78`.
    """
    closeness = _near_targets(facts, rulebook.ideal)
    if not rulebook.ideal.industries:
        closeness = facts.industries.map(lambda code: NO_TARGET if has_outcomes(code, rulebook) else nan)
    lift = facts.industries.map(lambda code: won_before(code, rulebook))
    return np.clip(closeness + lift, 0, 1)


def company_fit(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Weighted mean of size (0.4), industry (0.4), technologies (0.2) and details (0.2), of those asked for and known.

    Technologies: any one of those wanted is what was asked for, 0.8; two or more 1. Details: of keywords, funding stage
    and year of founding, the share that is as wanted. Unknown if nothing is known. Worked example: size 1, industry 0.7,
    technologies unknown, no details asked: `(0.4 + 0.28) / 0.8 = 0.85`.
    """
    return _mean([(part, FIT_SHARES[name]) for name, part in fit_parts(facts, rulebook).items()], facts.n)


def fit_parts(facts: LeadFacts, rulebook: ScoringProfile) -> dict[str, Floats]:
    """What company fit is the mean of, each NaN where it is not asked for or not known."""
    return {
        "size": company_size(facts, rulebook),
        "industry": _near_targets(facts, rulebook.ideal),
        "technologies": _technologies(facts, rulebook.ideal),
        "details": facts.details.map(lambda details: _details_met(details, rulebook.ideal)),
    }


def potential(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """Geometric mean of company fit and position, lifted by dated signals that fade.

    `base + 0.4 * (1 - base) * (1 - exp(-S))` with S the sum of the signals' points, halved each half-life (SIGNALS); a
    negative S lowers the base by up to 0.3. One of the two unknown counts 0.4, no average of leads: a stored value must
    not move with the averages. Unknown if both are. Worked example: fit 0.81 and position 0.64 give 0.72; funded 180
    days ago (0.5): `0.72 + 0.4 * 0.28 * 0.39 = 0.76`.
    """
    fit, position = company_fit(facts, rulebook), job_title(facts, rulebook)
    is_unknown = np.isnan(fit) & np.isnan(position)
    fit = np.where(np.isnan(fit), FIRST_EXPECTED, fit)
    position = np.where(np.isnan(position), FIRST_EXPECTED, position)
    base = np.sqrt(fit * position)
    strength = signal_strength(facts)
    lift = LIFT * (1 - base) * -np.expm1(-np.maximum(strength, 0))
    drop = DAMPER * base * -np.expm1(np.minimum(strength, 0))
    return np.where(is_unknown, nan, base + lift - drop)


def signal_strength(facts: LeadFacts) -> Floats:
    """The sum of the signals' points, each halved every half-life; below 0 where the company shrinks."""
    return facts.signals.summed(lambda kind: _points(kind)[0], facts.n, fading=lambda kind: _points(kind)[1])


def has_outcomes(industry: str, rulebook: ScoringProfile) -> bool:
    """Whether something was won at all, and leads of this industry were closed."""
    here = rulebook.closed.get(industry)
    return bool(here and here.closed and any(each.won for each in rulebook.closed.values()))


def won_before(industry: str, rulebook: ScoringProfile) -> float:
    """What the workspace's own outcomes in this industry add to its match; 0 without outcomes."""
    if not has_outcomes(industry, rulebook):
        return 0.0
    here = rulebook.closed[industry]
    usual = sum(each.won for each in rulebook.closed.values()) / sum(each.closed for each in rulebook.closed.values())
    rate = (here.won + PRIOR_CLOSED * usual) / (here.closed + PRIOR_CLOSED)
    return WIN_LIFT * log2(rate / usual)


def _points(kind: str) -> tuple[float, float]:
    return SIGNALS.get(kind, (0.0, 30.0))


def _near_targets(facts: LeadFacts, ideal: IdealCustomer) -> Floats:
    if not ideal.industries:
        return np.full(facts.n, nan)
    return facts.industries.map(lambda code: max(nearness(each, code) for each in ideal.industries) if code else nan)


def nearness(target: str, code: str) -> float:
    """Of an industry to a target: parent and sibling count the same, one that is further above only as the same branch."""
    if code in industries.descendants(target):
        return 1.0
    if not industries.same_branch(target, code):
        return 0.0
    parent = industries.ancestors(target)[:1]
    return 0.7 if parent and parent[0] in (code, *industries.ancestors(code)[:1]) else 0.4


def _inside(numbers: Floats, least: int | None, most: int | None) -> Floats:
    with np.errstate(divide="ignore"):
        too_small = np.log((least or 1) / np.maximum(numbers, 1)) if least else np.zeros_like(numbers)
        too_big = np.log(numbers / most) if most else np.zeros_like(numbers)
    distance = np.maximum(np.maximum(too_small, too_big), 0)
    return np.where(np.isnan(numbers), nan, np.clip(1 - distance / TENFOLD, 0, 1))


def _technologies(facts: LeadFacts, ideal: IdealCustomer) -> Floats:
    if not ideal.technologies:
        return np.full(facts.n, nan)
    return facts.technologies.map(lambda used: _met(len(technologies_met(used, ideal)), ideal) if used else nan)


def _met(number: int, ideal: IdealCustomer) -> float:
    return TECHNOLOGIES_MET[min(number, 2)] if len(ideal.technologies) > 1 else float(number > 0)


def technologies_met(used: tuple[str, ...], ideal: IdealCustomer) -> tuple[str, ...]:
    """Which of the technologies in use are wanted, whatever their case."""
    wanted = {technologies.key(name) for name in ideal.technologies}
    return tuple(name for name in used if technologies.key(name) in wanted)


def details_checked(details: Details, ideal: IdealCustomer) -> dict[str, bool]:
    """Which of the details that are asked for and known are as wanted."""
    checks = {}
    if ideal.keywords and details.words.strip(" |"):
        spelled = _spelled(details.words)
        checks["words"] = any(_spelled(word) in spelled for word in ideal.keywords)
    if ideal.funding_stages and details.funding_stage:
        checks["funding"] = funding.normalise(details.funding_stage) in ideal.funding_stages
    if ideal.founded and details.founded:
        checks["age"] = (ideal.founded.min or 0) <= details.founded <= (ideal.founded.max or details.founded)
    return checks


def _details_met(details: Details, ideal: IdealCustomer) -> float:
    checks = details_checked(details, ideal)
    return sum(checks.values()) / len(checks) if checks else nan


def _spelled(text: str) -> str:
    return f" {' '.join(words(text))} "


def _mean(parts: list[tuple[Floats, float]], n: int) -> Floats:
    """Weighted mean of the parts that are known, NaN where none is."""
    weight, total = np.zeros(n), np.zeros(n)
    for part, share in parts:
        known = ~np.isnan(part)
        weight += np.where(known, share, 0)
        total += np.where(known, part * share, 0)
    return np.divide(total, weight, out=np.full(n, nan), where=weight > 0)
