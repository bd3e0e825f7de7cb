"""What speaks against working a lead, or should be cleared up first."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isnan

from leads.agreement import agree, contradicting
from leads.conflicts import PERSON
from scoring.case import Case, Citation
from scoring.factors.engagement import ANSWERS, ATTEMPTS
from scoring.insights import contact_risks, fit_risks
from scoring.insights.finding import Finding, Rule, Severity, findings

STALE_DAYS = 180
VERY_STALE_DAYS = 365
SILENT_ATTEMPTS = 3
COOLED_DAYS = 180.0
THIN = 50
CONFLICTING = {"title": "job title", "company.employees_min": "company size", "company.industry": "industry"}


def risks(case: Case) -> tuple[Finding, ...]:
    """All risks of the lead, the most severe first."""
    return findings(RULES, case)


def opted_out(case: Case) -> Finding | None:
    refusals = case.touches("opt_out")
    if not refusals and not case.facts.is_barred[0]:
        return None
    return Finding("opted_out", Severity.HIGH, "Do not contact", "This person asked not to be contacted.", refusals)


def stale(case: Case) -> Finding | None:
    age = float(case.facts.observed[0])
    if isnan(age) or age < STALE_DAYS:
        return None
    severity = Severity.HIGH if age >= VERY_STALE_DAYS else Severity.MEDIUM
    detail = f"The newest evidence is {age:.0f} days old; the person may have moved on."
    return Finding("stale", severity, "Old data", detail, case.cited("title", "email"))


def shrinking(case: Case) -> Finding | None:
    seen = case.signals("shrinking")
    if not seen:
        return None
    detail = "Fewer people work there than before; budgets may be frozen."
    return Finding("shrinking", Severity.MEDIUM, "Company is shrinking", detail, seen)


def conflict(case: Case) -> Finding | None:
    """What is in use and what another source says last cannot both be true, and nobody has decided yet."""
    for name, label in CONFLICTING.items():
        seen = case.citations.get(name, ())
        others = _contradicting(name, seen)
        if others:
            values = " or ".join(f"“{each.text}” ({each.source_title})" for each in (seen[0], *others))
            detail = f"Sources disagree on the {label}: {values}."
            return Finding("conflict", Severity.MEDIUM, "Conflicting sources", detail, (seen[0], *others))
    return None


def _contradicting(name: str, seen: Sequence[Citation]) -> list[Citation]:
    """Of the other sources, each by what it says last; `seen` has what is in use first, then the newest."""
    if not seen or seen[0].source == PERSON:
        return []
    last: dict[str, Citation] = {}
    for each in seen:
        last.setdefault(each.source, each)
    last.pop(PERSON, None)
    return contradicting(seen[0], last.values(), lambda one, other: agree(name, one.text, other.text))


def silent(case: Case) -> Finding | None:
    attempts = case.touches(*ATTEMPTS)
    if len(attempts) < SILENT_ATTEMPTS or case.touches(*ANSWERS):
        return None
    detail = f"{len(attempts)} attempts and no answer yet."
    return Finding("silent", Severity.MEDIUM, "No answer", detail, attempts)


def cooled(case: Case) -> Finding | None:
    """They answered once, long ago, and nothing but attempts since."""
    if not COOLED_DAYS < case.age(*ANSWERS) < inf:
        return None
    last = case.touches(*ANSWERS)[:1]
    detail = f"The last answer is from {last[0].on:%-d %B %Y}; the need may have passed."
    return Finding("cooled", Severity.MEDIUM, "Has gone quiet", detail, last)


def lost_before(case: Case) -> Finding | None:
    if case.facts.outcomes[0] != "lost":
        return None
    detail = "An earlier deal with this lead was lost."
    return Finding("lost_before", Severity.MEDIUM, "Lost before", detail, case.decided())


def disqualified_before(case: Case) -> Finding | None:
    if case.facts.outcomes[0] != "disqualified":
        return None
    detail = "Somebody has ruled this lead out before."
    return Finding("disqualified_before", Severity.MEDIUM, "Disqualified", detail, case.decided())


def thin(case: Case) -> Finding | None:
    known = int(case.scored.confidence[0])
    if known >= THIN:
        return None
    detail = f"Only {known} % of the score rests on known facts; the rest is assumed."
    return Finding("thin", Severity.LOW, "Little is known", detail, case.cited(*case.citations))


RULES: tuple[Rule, ...] = (
    opted_out,
    stale,
    conflict,
    *contact_risks.RULES,
    shrinking,
    silent,
    cooled,
    lost_before,
    disqualified_before,
    *fit_risks.RULES,
    thin,
)
