"""What speaks for working a lead now."""

from __future__ import annotations

from leads.vocabulary import industries, places, zones
from scoring.case import Case
from scoring.factors.engagement import ANSWERS, INTEREST
from scoring.factors.fit import technologies_met, won_before
from scoring.factors.position import AUTHORITY
from scoring.factors.reach import phone_chance
from scoring.insights import signal_opportunities
from scoring.insights.finding import Finding, Rule, Severity, findings, fit_words

WARM_DAYS = 180.0
MEETING_DAYS = 90.0
INTEREST_DAYS = 30.0
DECIDES = 0.8
NEAR_PERFECT = 0.9
MOST_OF_THE_DAY = 6.0


def opportunities(case: Case) -> tuple[Finding, ...]:
    """All opportunities of the lead, the strongest first."""
    return findings(RULES, case)


def warm(case: Case) -> Finding | None:
    answers = [event for event in case.facts.touches.of(0) if event.kind in ANSWERS and event.age <= WARM_DAYS]
    if not answers:
        return None
    detail = "They have answered you lately; pick up where you left off."
    return Finding("warm", Severity.HIGH, "Warm contact", detail, case.touches(*ANSWERS))


def met_lately(case: Case) -> Finding | None:
    if case.age("meeting") > MEETING_DAYS:
        return None
    detail = "You have met: the next step is yours to propose."
    return Finding("met_lately", Severity.HIGH, "Met lately", detail, case.touches("meeting")[:1])


def interested(case: Case) -> Finding | None:
    seen = [event for event in case.facts.touches.of(0) if event.kind in INTEREST and event.age <= INTEREST_DAYS]
    if not seen or case.touches(*ANSWERS):
        return None
    detail = f"They looked {len(seen)} {'time' if len(seen) == 1 else 'times'} in {INTEREST_DAYS:.0f} days."
    return Finding("interested", Severity.MEDIUM, "Shows interest", detail, case.touches(*INTEREST)[: len(seen)])


def ideal_company(case: Case) -> Finding | None:
    value = case.values["company_fit"]
    if value is None or value < NEAR_PERFECT:
        return None
    title = "What the search asked for" if case.rulebook.is_fit_to_search else "Your ideal customer"
    cited = case.cited("company.industry", "company.employees_min", "company.technologies")
    return Finding("ideal_company", Severity.MEDIUM, title, fit_words(case, value), cited)


def technology_match(case: Case) -> Finding | None:
    met = technologies_met(case.technologies, case.rulebook.ideal)
    if not met:
        return None
    detail = f"Uses {', '.join(met)}, which you look for."
    return Finding("technology_match", Severity.MEDIUM, "Right technology", detail, case.cited("company.technologies"))


def decision_maker(case: Case) -> Finding | None:
    position = case.position
    if AUTHORITY.get(position.seniority, 0) < DECIDES or (case.values["job_title"] or 0) < DECIDES:
        return None
    detail = f"{position.title} can decide on a purchase."
    return Finding("decision_maker", Severity.MEDIUM, "Decision maker", detail, case.cited("title"))


def direct_line(case: Case) -> Finding | None:
    if case.phone.kind not in ("mobile", "fixed_or_mobile") or not (case.phone.is_valid and phone_chance(case.phone)):
        return None
    detail = "A mobile number is known, so a call reaches the person."
    return Finding("direct_line", Severity.LOW, "Direct line", detail, case.cited("phone"))


def verified_email(case: Case) -> Finding | None:
    if case.email.status != "deliverable" or case.email.flags:
        return None
    detail = "The mail server has confirmed the personal mailbox."
    return Finding("verified_email", Severity.LOW, "Address confirmed", detail, case.verified())


def nearby(case: Case) -> Finding | None:
    """In a target place, and awake when the team is."""
    if not any(places.place_matches(wanted, *case.place) for wanted in case.rulebook.ideal.places):
        return None
    team = zones.zones_of_home(case.rulebook.home)
    hours = zones.hours_shared(team, zones.zones_of(*case.place), case.facts.now.date())
    if hours < MOST_OF_THE_DAY:
        return None
    detail = f"In a place that you look for, and {hours:.0f} of 8 working hours are yours, too."
    return Finding("nearby", Severity.LOW, "Within reach", detail, case.cited("country", "company.country"))


def winning_industry(case: Case) -> Finding | None:
    if won_before(case.industry, case.rulebook) <= 0:
        return None
    here = case.rulebook.closed[case.industry]
    detail = f"You won {here.won} of {here.closed} closed leads in {industries.label(case.industry)}."
    return Finding("winning_industry", Severity.MEDIUM, "You win here", detail, case.cited("company.industry"))


def won_deal(case: Case) -> Finding | None:
    if case.facts.outcomes[0] != "won":
        return None
    detail = "An earlier deal with this lead was won."
    return Finding("won_deal", Severity.MEDIUM, "Bought before", detail, case.decided())


RULES: tuple[Rule, ...] = (
    warm,
    met_lately,
    *signal_opportunities.RULES,
    ideal_company,
    technology_match,
    winning_industry,
    won_deal,
    interested,
    decision_maker,
    direct_line,
    verified_email,
    nearby,
)
