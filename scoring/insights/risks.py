"""What speaks against working a lead, or should be cleared up first."""

from __future__ import annotations

from math import isnan

from leads.vocabulary import titles
from scoring.case import Case
from scoring.factors.engagement import ANSWERS, ATTEMPTS
from scoring.factors.reach import email_chance, phone_chance
from scoring.insights.finding import Finding, Rule, Severity, findings

STALE_DAYS = 180
VERY_STALE_DAYS = 365
LARGE_COMPANY = 50
SILENT_ATTEMPTS = 3
MISFIT_SIZE = 0.5  # company size under this is more than three times off
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


def no_contact(case: Case) -> Finding | None:
    if email_chance(case.email) or phone_chance(case.phone) or case.facts.has_profile[0]:
        return None
    detail = "There is no usable e-mail address, phone number or profile."
    return Finding("no_contact", Severity.HIGH, "No way to reach them", detail, case.cited("email", "phone"))


def bounced(case: Case) -> Finding | None:
    if case.email.status != "undeliverable":
        return None
    cause = case.email.reason.replace("_", " ")
    detail = f"The mail server refuses this address{f': {cause}' if cause else ''}."
    return Finding("bounced", Severity.HIGH, "E-mail bounces", detail, case.cited("email"))


def disposable(case: Case) -> Finding | None:
    if "disposable" not in case.email.flags:
        return None
    detail = "The address belongs to a throw-away provider, so it is likely dead or fake."
    return Finding("disposable", Severity.HIGH, "Throw-away address", detail, case.cited("email"))


def risky_email(case: Case) -> Finding | None:
    if case.email.status != "risky":
        return None
    cause = case.email.reason.replace("_", " ") or "the server gave no clear answer"
    return Finding("risky_email", Severity.MEDIUM, "Address may bounce", f"Verification: {cause}.", case.cited("email"))


def role_mailbox(case: Case) -> Finding | None:
    if "role" not in case.email.flags:
        return None
    detail = "The address is a function's mailbox, so somebody else may read it."
    return Finding("role_mailbox", Severity.MEDIUM, "Role mailbox", detail, case.cited("email"))


def free_mail(case: Case) -> Finding | None:
    if "free" not in case.email.flags or (case.employees or 0) < LARGE_COMPANY:
        return None
    detail = f"A company of about {case.employees:,.0f} people has addresses of its own; this may be a private one."
    return Finding("free_mail", Severity.MEDIUM, "Private address", detail, case.cited("email"))


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
    for name, label in CONFLICTING.items():
        seen = case.citations.get(name, ())
        if len({each.text.casefold() for each in seen}) > 1:
            values = " or ".join(dict.fromkeys(f"“{each.text}” ({each.source_title})" for each in seen))
            detail = f"Sources disagree on the {label}: {values}."
            return Finding("conflict", Severity.MEDIUM, "Conflicting sources", detail, seen)
    return None


def silent(case: Case) -> Finding | None:
    attempts = case.touches(*ATTEMPTS)
    if len(attempts) < SILENT_ATTEMPTS or case.touches(*ANSWERS):
        return None
    detail = f"{len(attempts)} attempts and no answer yet."
    return Finding("silent", Severity.MEDIUM, "No answer", detail, attempts)


def lost_before(case: Case) -> Finding | None:
    if case.facts.outcomes[0] != "lost":
        return None
    return Finding("lost_before", Severity.MEDIUM, "Lost before", "An earlier deal with this lead was lost.")


def wrong_size(case: Case) -> Finding | None:
    value = case.values()["company_size"]
    if value is None or value > MISFIT_SIZE:
        return None
    detail = f"About {case.employees or 0:,.0f} people, more than three times off the size you look for."
    cited = case.cited("company.employees_min", "company.revenue_usd")
    return Finding("wrong_size", Severity.LOW, "Size does not fit", detail, cited)


def low_authority(case: Case) -> Finding | None:
    if case.position.seniority not in ("entry", "senior"):
        return None
    level = titles.seniority_label(case.position.seniority).lower()
    detail = f"{case.position.title} ({level}) hardly decides alone."
    return Finding("low_authority", Severity.LOW, "Little say in buying", detail, case.cited("title"))


def thin(case: Case) -> Finding | None:
    known = int(case.scored().confidence[0])
    if known >= THIN:
        return None
    detail = f"Only {known} % of the score rests on known facts; the rest is assumed."
    return Finding("thin", Severity.LOW, "Little is known", detail)


RULES: tuple[Rule, ...] = (
    opted_out,
    no_contact,
    bounced,
    disposable,
    stale,
    risky_email,
    role_mailbox,
    free_mail,
    conflict,
    shrinking,
    silent,
    lost_before,
    wrong_size,
    low_authority,
    thin,
)
