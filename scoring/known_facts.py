"""Which of the twelve facts that scoring looks at are known of a lead; pure."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

from scoring.case import Case

FACTS: dict[str, Callable[[Case], bool]] = {
    "job title": lambda case: bool(case.position.title or case.position.seniority),
    "industry": lambda case: bool(case.industry),
    "place": lambda case: bool(case.place.country),
    "employees": lambda case: case.employees is not None,
    "revenue": lambda case: case.revenue is not None,
    "technologies": lambda case: bool(case.technologies),
    "company's words": lambda case: bool(case.details.words.strip(" |")),
    "founding or funding": lambda case: bool(case.details.funding_stage or case.details.founded),
    "checked e-mail": lambda case: case.email.is_there and case.email.status not in ("unchecked", "unknown"),
    "checked phone": lambda case: bool(case.phone.kind) and case.phone.is_valid is not None,
    "profile": lambda case: bool(case.facts.has_profile[0]),
    "date of the data": lambda case: not isnan(float(case.facts.observed[0])),
}


def known_and_missing(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of those that are known, and of those that are not."""
    known = tuple(name for name, is_known in FACTS.items() if is_known(case))
    return known, tuple(name for name in FACTS if name not in known)
