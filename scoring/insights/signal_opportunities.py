"""What public signals say for working a lead now."""

from __future__ import annotations

from leads.vocabulary import titles
from scoring.case import Case, Citation
from scoring.insights.finding import Finding, Rule, Severity

RECENT_DAYS = 180.0
AT_ONCE_DAYS = 90.0
SEVERAL = 3
GOOD_NEWS = ("new_in_role", "funding", "hiring", "growth", "expansion", "technology")


def new_in_role(case: Case) -> Finding | None:
    seen = _recent(case, "new_in_role")
    detail = "People who are new in a role review suppliers in their first months."
    return Finding("new_in_role", Severity.HIGH, "New in the role", detail, seen) if seen else None


def funding(case: Case) -> Finding | None:
    seen = _recent(case, "funding")
    detail = "The company has raised money, so there is a budget to spend."
    return Finding("funding", Severity.HIGH, "Fresh funding", detail, seen) if seen else None


def hiring(case: Case) -> Finding | None:
    seen = _recent(case, "hiring")
    if not seen:
        return None
    buying = _buying_departments(case)
    ours = [citation for citation in seen if titles.parse(citation.text).department in buying]
    if ours:
        detail = "It hires for the department that buys from you."
        return Finding("hiring", Severity.HIGH, "Hiring in your field", detail, tuple(ours))
    return Finding("hiring", Severity.MEDIUM, "Hiring", "A company that hires is growing and spending.", seen)


def growth(case: Case) -> Finding | None:
    seen = _recent(case, "growth")
    detail = "More people work there than a year ago."
    return Finding("growth", Severity.MEDIUM, "Growing", detail, seen) if seen else None


def expansion(case: Case) -> Finding | None:
    seen = _recent(case, "expansion")
    detail = "The company opens new places or markets, which need new suppliers."
    return Finding("expansion", Severity.MEDIUM, "Expanding", detail, seen) if seen else None


def new_technology(case: Case) -> Finding | None:
    seen = _recent(case, "technology")
    detail = "They change their tools, so what goes with them is looked at anew."
    return Finding("new_technology", Severity.LOW, "New technology", detail, seen) if seen else None


def in_the_news(case: Case) -> Finding | None:
    seen = _recent(case, "news")
    return Finding("in_the_news", Severity.LOW, "In the news", "A reason to write to them.", seen) if seen else None


def several_signals(case: Case) -> Finding | None:
    kinds = {event.kind for event in case.facts.signals.of(0) if event.age <= AT_ONCE_DAYS} & set(GOOD_NEWS)
    if len(kinds) < SEVERAL:
        return None
    detail = f"{len(kinds)} different signals in the last {AT_ONCE_DAYS:.0f} days: something is going on there."
    return Finding("several_signals", Severity.HIGH, "Several signals at once", detail, case.signals(*kinds))


RULES: tuple[Rule, ...] = (
    several_signals,
    new_in_role,
    funding,
    hiring,
    growth,
    expansion,
    new_technology,
    in_the_news,
)


def _recent(case: Case, kind: str) -> tuple[Citation, ...]:
    ages = {event.on for event in case.facts.signals.of(0) if event.kind == kind and event.age <= RECENT_DAYS}
    return tuple(citation for citation in case.signals(kind) if citation.on in ages)


def _buying_departments(case: Case) -> frozenset[str]:
    ideal = case.rulebook.ideal
    stated = ideal.departments or tuple(titles.parse(title).department for title in ideal.titles)
    return frozenset(stated) - {""}
