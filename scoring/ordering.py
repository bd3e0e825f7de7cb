"""What each wish adds to a score, told to sources beforehand, so that whom the score will judge best comes first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan, sqrt
from typing import Any

from leads.criteria import Criteria
from leads.sources.worth import Role, Worth
from leads.vocabulary.titles import DEPARTMENTS, SENIORITIES, parse
from scoring.columns import Position
from scoring.factors.position import EXACT_TITLE, authority
from scoring.ideal import IdealCustomer
from scoring.rulebook import FIRST_EXPECTED, KEYS

SCALE = 4  # points of the stored rank for one of the score; an address alone adds 18 there and 6 here, so a little more
ROLE = ("titles", "seniorities", "departments")
USUAL_FIT = 0.9  # of the companies that come first, for the position's part in potential

# The factors that a wish moves, each with its share, times how far a row that does not meet it usually falls short.
MOVED: dict[str, tuple[float, Mapping[str, float]]] = {
    "industries": (0.8, {"industry_match": 1, "company_fit": 0.4, "potential": 0.2}),
    "employees": (0.5, {"company_size": 1, "company_fit": 0.4, "potential": 0.2}),
    "revenue": (0.5, {"company_size": 0.5}),
    "places": (0.5, {"location": 1}),
    "technologies": (0.8, {"company_fit": 0.2, "potential": 0.1}),
    "keywords": (0.8, {"company_fit": 0.2, "potential": 0.1}),
    "funding_stages": (0.8, {"company_fit": 0.2, "potential": 0.1}),
    "founded": (0.8, {"company_fit": 0.2, "potential": 0.1}),
}


def worth_of(ideal: IdealCustomer, criteria: Criteria, weights: Sequence[int]) -> Worth:
    """By the ten weights of a profile. What the search itself would like stands before the ideal customer.

    Worked example: with "ideally Director, Sales" a VP of Sales is worth more than a director of IT, because the score
    takes more off for the department than for the rank.
    """
    weight = dict(zip(KEYS, weights, strict=True))
    wishes = {wish: _points(short, shares, weight) for wish, (short, shares) in MOVED.items()}
    sought = _sought(ideal, criteria)
    if not any(getattr(sought, name) for name in ROLE):
        return Worth(wishes)
    titles = tuple((title, _role_points(EXACT_TITLE, weight)) for title in sought.titles)
    return Worth(wishes, titles, _roles(replace(sought, titles=()), _buying(sought), weight))


def _points(short: float, shares: Mapping[str, float], weight: Mapping[str, int]) -> int:
    return round(SCALE * short * sum(share * weight[key] for key, share in shares.items()))


def _sought(ideal: IdealCustomer, criteria: Criteria) -> IdealCustomer:
    own: dict[str, Any] = {each.name: each.asked for each in criteria.nices() if each.name in ROLE}
    return replace(ideal, **{name: asked.values for name, asked in own.items()})


def _buying(ideal: IdealCustomer) -> tuple[str, ...]:
    """The departments sought: those named, else those that the titles tell of, as the score has it."""
    return ideal.departments or tuple(filter(None, (parse(title).department for title in ideal.titles)))


def _roles(ideal: IdealCustomer, buying: tuple[str, ...], weight: Mapping[str, int]) -> tuple[Role, ...]:
    """All positions there are, those of one worth in one department together."""
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for seniority in ("", *SENIORITIES):
        for department in ("", *DEPARTMENTS):
            value = authority(Position("", seniority, department), replace(ideal, departments=buying))
            points = _role_points(FIRST_EXPECTED if isnan(value) else value, weight)
            alike[seniority, points].append(department)
    return _joined(alike)


def _joined(alike: Mapping[tuple[str, int], Sequence[str]]) -> tuple[Role, ...]:
    """One role for the seniorities that have the same departments at the same points."""
    same: dict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    for (seniority, points), departments in alike.items():
        same[points, tuple(departments)].append(seniority)
    return tuple(Role(tuple(ranks), departments, points) for (points, departments), ranks in same.items())


def _role_points(value: float, weight: Mapping[str, int]) -> int:
    """Job title, and the position's part in potential (`sqrt(fit * position)`)."""
    return round(SCALE * (weight["job_title"] * value + weight["potential"] * sqrt(USUAL_FIT * value)))
