"""What speaks for working a lead now."""

from __future__ import annotations

from leads.vocabulary import industries, titles
from scoring.case import Case, Citation
from scoring.factors.engagement import ANSWERS
from scoring.factors.fit import AUTHORITY, technologies_met, won_before
from scoring.insights.finding import Finding, Rule, Severity, findings

RECENT_DAYS = 180.0
WARM_DAYS = 180.0
DECIDES = 0.8


def opportunities(case: Case) -> tuple[Finding, ...]:
    """All opportunities of the lead, the strongest first."""
    return findings(RULES, case)


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


def technology_match(case: Case) -> Finding | None:
    met = technologies_met(case.technologies, case.rulebook.ideal)
    if not met:
        return None
    detail = f"Uses {', '.join(met)}, which you look for."
    return Finding("technology_match", Severity.MEDIUM, "Right technology", detail, case.cited("company.technologies"))


def warm(case: Case) -> Finding | None:
    answers = [event for event in case.facts.touches.of(0) if event.kind in ANSWERS and event.age <= WARM_DAYS]
    if not answers:
        return None
    detail = "They have answered you lately; pick up where you left off."
    return Finding("warm", Severity.HIGH, "Warm contact", detail, case.touches(*ANSWERS))


def decision_maker(case: Case) -> Finding | None:
    position = case.position
    if AUTHORITY.get(position.seniority, 0) < DECIDES or (case.values()["job_title"] or 0) < DECIDES:
        return None
    detail = f"{position.title} can decide on a purchase."
    return Finding("decision_maker", Severity.MEDIUM, "Decision maker", detail, case.cited("title"))


def direct_line(case: Case) -> Finding | None:
    if case.phone.kind not in ("mobile", "fixed_or_mobile") or not case.phone.is_valid:
        return None
    detail = "A mobile number is known, so a call reaches the person."
    return Finding("direct_line", Severity.LOW, "Direct line", detail, case.cited("phone"))


def winning_industry(case: Case) -> Finding | None:
    if won_before(case.industry, case.rulebook) <= 0:
        return None
    here = case.rulebook.closed[case.industry]
    detail = f"You won {here.won} of {here.closed} closed leads in {industries.label(case.industry)}."
    return Finding("winning_industry", Severity.MEDIUM, "You win here", detail)


def won_deal(case: Case) -> Finding | None:
    if case.facts.outcomes[0] != "won":
        return None
    return Finding("won_deal", Severity.MEDIUM, "Bought before", "An earlier deal with this lead was won.")


RULES: tuple[Rule, ...] = (
    warm,
    new_in_role,
    funding,
    hiring,
    growth,
    expansion,
    technology_match,
    winning_industry,
    won_deal,
    decision_maker,
    direct_line,
)


def _recent(case: Case, kind: str) -> tuple[Citation, ...]:
    ages = {event.on for event in case.facts.signals.of(0) if event.kind == kind and event.age <= RECENT_DAYS}
    return tuple(citation for citation in case.signals(kind) if citation.on in ages)


def _buying_departments(case: Case) -> frozenset[str]:
    ideal = case.rulebook.ideal
    stated = ideal.departments or tuple(titles.parse(title).department for title in ideal.titles)
    return frozenset(stated) - {""}
