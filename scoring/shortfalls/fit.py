"""What company and industry lack: potential, company fit, industry match and company size."""

from __future__ import annotations

from math import isnan

from scoring.case import Case
from scoring.factors.fit import (
    company_fit,
    details_checked,
    fit_parts,
    nearness,
    signal_strength,
    technologies_met,
    won_before,
)
from scoring.factors.position import job_title
from scoring.rulebook import FIRST_EXPECTED

SHOWN_AS_FULL = 0.995  # a share is told in whole per cents
NAMES = {"company_fit": "company fit", "job_title": "position"}
DETAILS = {
    "words": "none of the words that you look for is in what it says of itself",
    "funding": "its funding is at another stage",
    "age": "it was founded outside the years you look for",
}


def potential(case: Case) -> list[str]:
    values = {"company_fit": company_fit(case.facts, case.rulebook), "job_title": job_title(case.facts, case.rulebook)}
    counted = {key: FIRST_EXPECTED if isnan(value[0]) else value[0] for key, value in values.items()}
    lower = [NAMES[key] for key, value in counted.items() if value < SHOWN_AS_FULL]
    lower = lower or [NAMES[key] for key, value in counted.items() if value < 1]
    strength = float(signal_strength(case.facts)[0])
    told = [f"{' and '.join(lower)} below 100 %"] if lower else []
    if strength < 0:
        return [*told, "the company shrinks"]
    if told:
        return [*told, "signals close only part of that gap" if strength else "no buying signal makes up for it"]
    return []


def company_size(case: Case) -> list[str]:
    ideal, told = case.rulebook.ideal, []
    pairs = [(case.employees, ideal.employees, "people"), (case.revenue, ideal.revenue, "revenue")]
    for number, wanted, noun in pairs:
        if number is None or not wanted:
            continue
        if wanted.min and number < wanted.min:
            told.append(f"{'fewer' if noun == 'people' else 'less'} {noun} than you look for")
        elif wanted.max and number > wanted.max:
            told.append(f"more {noun} than you look for")
    return told


def company_fit_causes(case: Case) -> list[str]:
    parts = {name: float(value[0]) for name, value in fit_parts(case.facts, case.rulebook).items()}
    told = company_size(case)
    if parts["industry"] < 1:
        told.append(_beside(parts["industry"]))
    if parts["technologies"] < 1:
        met = technologies_met(case.technologies, case.rulebook.ideal)
        told.append(f"it uses {'only one' if met else 'none'} of the technologies you look for")
    checked = details_checked(case.details, case.rulebook.ideal)
    return told + [DETAILS[name] for name, is_met in checked.items() if not is_met]


def industry_match(case: Case) -> list[str]:
    wanted, told = case.rulebook.ideal.industries, []
    if not wanted:
        told.append("without industries that you look for, it counts half by itself")
    elif (near := max(nearness(each, case.industry) for each in wanted)) < 1:
        told.append(_beside(near))
    return told + ["you win less often in it than elsewhere"] * (won_before(case.industry, case.rulebook) < 0)


def _beside(near: float) -> str:
    """What is said of an industry that is not looked for, by how near it is."""
    if not near:
        return "the industry is of another branch than you look for"
    return f"the industry is {'near to' if near > 0.5 else 'only in the branch of'} one that you look for"
