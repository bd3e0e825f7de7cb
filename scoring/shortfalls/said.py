"""Why a factor has not all its points: how many are missing and for what, in one sentence; pure."""

from __future__ import annotations

from collections.abc import Callable

from scoring.case import Case
from scoring.rulebook import FIRST_EXPECTED
from scoring.shortfalls import engagement, fit, reach

CAUSES: dict[str, Callable[[Case], list[str]]] = {
    "potential": fit.potential,
    "engagement": engagement.engagement,
    "company_fit": fit.company_fit_causes,
    "contactability": reach.contactability,
    "industry_match": fit.industry_match,
    "job_title": reach.job_title,
    "location": reach.location,
    "company_size": fit.company_size,
    "engagement_history": engagement.engagement_history,
    "email_validity": reach.email_validity,
}
BEFORE = "it was scored by what was known before"


def shortfall(key: str, case: Case, *, points: int, most: int, is_assumed: bool) -> str:
    """What stands between `points` and `most`; "" where there is nothing between them.

    Of stored points that today's facts no longer explain, it says that.
    """
    if points >= most:
        return ""
    return f"{most - points} missing: {'; '.join(_causes(key, case, is_assumed=is_assumed) or [BEFORE])}."


def _assumed(expected: float) -> str:
    whose = "as is usual" if expected == FIRST_EXPECTED else "the average of your leads of which it is known"
    return f"until more is known, {100 * expected:.0f} % are assumed, {whose}"


def _causes(key: str, case: Case, *, is_assumed: bool) -> list[str]:
    if is_assumed:
        return [_assumed(case.rulebook.expected_of(key))]
    value = case.values[key]
    return CAUSES[key](case) if value is not None and value < 1 else []
