"""What speaks against company and position of a lead."""

from __future__ import annotations

from leads.vocabulary import industries, sizes, titles, zones
from scoring.case import Case
from scoring.insights.finding import Finding, Rule, Severity, fit_words

MISFIT_SIZE = 0.5  # company size under this is more than three times off
FEW_HOURS = 2.0
HOPELESS_FIT = 0.3
LOST_ENOUGH = 5


def wrong_size(case: Case) -> Finding | None:
    value = case.values["company_size"]
    if value is None or value > MISFIT_SIZE:
        return None
    people = sizes.in_words(case.employees or 0)
    detail = f"{people[0].upper()}{people[1:]}, more than three times off the size you look for."
    cited = case.cited("company.employees_min", "company.revenue_usd")
    return Finding("wrong_size", Severity.LOW, "Size does not fit", detail, cited)


def low_authority(case: Case) -> Finding | None:
    if case.position.seniority not in ("entry", "senior"):
        return None
    level = titles.seniority_label(case.position.seniority).lower()
    detail = f"{case.position.title} ({level}) hardly decides alone."
    return Finding("low_authority", Severity.LOW, "Little say in buying", detail, case.cited("title"))


def other_industry(case: Case) -> Finding | None:
    wanted = case.rulebook.ideal.industries
    if not wanted or not case.industry or any(industries.same_branch(code, case.industry) for code in wanted):
        return None
    detail = f"{industries.label(case.industry)} has no branch in common with {industries.label(wanted[0])}."
    return Finding("other_industry", Severity.MEDIUM, "Another industry", detail, case.cited("company.industry"))


def losing_industry(case: Case) -> Finding | None:
    here = case.rulebook.closed.get(case.industry)
    if here is None or here.won or here.closed < LOST_ENOUGH:
        return None
    detail = f"None of {here.closed} closed leads in {industries.label(case.industry)} was won."
    return Finding("losing_industry", Severity.MEDIUM, "You do not win here", detail, case.cited("company.industry"))


def far_away(case: Case) -> Finding | None:
    team, theirs = zones.zones_of_home(case.rulebook.home), zones.zones_of(*case.place)
    if not team or not theirs:
        return None
    hours = zones.hours_shared(team, theirs, case.facts.now.date())
    if hours >= FEW_HOURS:
        return None
    detail = f"You share {hours:.0f} working hours a day; calls need an early or a late start."
    return Finding("far_away", Severity.LOW, "Few hours in common", detail, case.cited("country", "company.country"))


def nobody_named(case: Case) -> Finding | None:
    if case.position.title or case.position.seniority:
        return None
    detail = "No job title is known, so whether this is the right person is open."
    told = case.cited("email", "phone", "linkedin_url")
    return Finding("nobody_named", Severity.LOW, "Right person not known", detail, told)


def poor_fit(case: Case) -> Finding | None:
    value = case.values["company_fit"]
    if value is None or value > HOPELESS_FIT:
        return None
    cited = case.cited("company.industry", "company.employees_min", "company.technologies")
    return Finding("poor_fit", Severity.MEDIUM, "Hardly your customer", fit_words(case, value), cited)


RULES: tuple[Rule, ...] = (
    poor_fit,
    other_industry,
    losing_industry,
    wrong_size,
    low_authority,
    nobody_named,
    far_away,
)
