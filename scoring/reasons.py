"""Why each factor has its value, in one sentence for one lead, with the citations that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

from leads.criteria import Range
from leads.vocabulary import industries, places, sizes, titles
from scoring import contact_reasons
from scoring.case import CHECK, Case, Citation
from scoring.factors.engagement import COUNTED, PUBLIC_POINTS
from scoring.factors.fit import company_fit, technologies_met, won_before
from scoring.factors.position import job_title
from scoring.factors.reach import is_writable, phone_chance
from scoring.ideal import IdealCustomer

NEARLY_FULL = 0.9
PHONE_WORDS = {
    "mobile": "a mobile number",
    "fixed": "a direct line",
    "fixed_or_mobile": "a direct number",
    "switchboard": "the company's switchboard",
}
FIELDS = {
    "company_fit": ("company.industry", "company.employees_min", "company.technologies"),
    "contactability": ("email", "phone", "company.phone", "linkedin_url"),
    "industry_match": ("company.industry",),
    "job_title": ("title",),
    "location": ("country", "city", "company.country"),
    "company_size": ("company.employees_min", "company.revenue_usd"),
    "email_validity": (CHECK, "email"),
}


def reason(key: str, case: Case) -> str:
    """One sentence on the factor `key`, whether it is known or not."""
    return SENTENCES[key](case)


def evidence(key: str, case: Case) -> tuple[Citation, ...]:
    """What the factor rests on: observed fields, public signals, or what happened between us."""
    if key == "potential":
        return (*case.signals(), *case.cited("title"))
    if key == "engagement":
        return (*case.touches(*COUNTED), *case.signals(*PUBLIC_POINTS))
    if key == "engagement_history":
        return case.touches(*COUNTED)
    return case.cited(*FIELDS[key])


def _potential(case: Case) -> str:
    fit, position = float(company_fit(case.facts, case.rulebook)[0]), float(job_title(case.facts, case.rulebook)[0])
    known = [
        f"{name} {value * 100:.0f} %"
        for name, value in (("company fit", fit), ("position", position))
        if not isnan(value)
    ]
    if not known:
        return "Neither company nor position can be judged yet."
    lifts = [citation.text for citation in case.signals()[:2]]
    return _sentence(" and ".join(known) + (f"; signals: {', '.join(lifts)}" if lifts else "; no buying signals seen"))


def _company_fit(case: Case) -> str:
    ideal, parts = case.rulebook.ideal, []
    if ideal.industries and case.industry:
        parts.append(industries.label(case.industry))
    if ideal.employees and case.employees:
        parts.append(sizes.in_words(case.employees))
    if ideal.technologies and case.technologies:
        met = technologies_met(case.technologies, ideal)
        parts.append(f"uses {', '.join(met[:3])}" if met else "uses none of the technologies you look for")
    return _sentence(", ".join(parts)) if parts else "Nothing of the ideal company can be compared yet."


def _contactability(case: Case) -> str:
    if case.facts.is_barred[0]:
        return "Marked as not to be contacted."
    channels = []
    if is_writable(case.email):
        mailbox = "a role mailbox" if "role" in case.email.flags else "an e-mail address"
        doubt = {"deliverable": "", "risky": " (risky)"}.get(case.email.status, " (unverified)")
        channels.append(f"{mailbox}{doubt}")
    if phone_chance(case.phone):
        channels.append(PHONE_WORDS.get(case.phone.kind, "a phone number"))
    if case.facts.has_profile[0]:
        channels.append("a LinkedIn profile")
    barred = "; not to be called" if case.phone.is_barred else ""
    if not channels:
        return f"No way to reach this person is known{barred}."
    return _sentence(f"reachable by {_listed(channels)}{barred}")


def _industry_match(case: Case) -> str:
    wanted = case.rulebook.ideal.industries
    if not case.industry:
        return "The company's industry is not known."
    told = _beside_targets(case.industry, wanted)
    lift = won_before(case.industry, case.rulebook)
    better = "more" if lift > 0 else "less"
    return f"{told}, and you win {better} often in it than elsewhere." if lift else f"{told}."


def _beside_targets(industry: str, wanted: tuple[str, ...]) -> str:
    name = industries.label(industry)
    if not wanted:
        return f"{name}; you have not said which industries you look for"
    nearest = min(
        wanted, key=lambda code: (not industries.same_branch(code, industry), industries.distance(code, industry))
    )
    inside = industry in industries.descendants(nearest)
    return f"{name} is what you look for" if inside else f"{name}; you look for {industries.label(nearest)}"


def _job_title(case: Case) -> str:
    title, seniority, department = case.position
    if not (title or seniority or department):
        return "No job title is known."
    level = titles.seniority_label(seniority) or "level unknown"
    where = titles.department_label(department) or "department unknown"
    return f"{title or 'No title'}: {level}, {where}."


def _location(case: Case) -> str:
    place, ideal = case.place, case.rulebook.ideal
    if not place.country:
        return "No place is known."
    name = ", ".join(part for part in (place.city, _country(place.country)) if part)
    if any(places.place_matches(each, *place) for each in ideal.places):
        return f"{name} is where you look."
    wanted = ", ".join(places.label(each) for each in ideal.places[:3])
    told = f"{name}; you look in {wanted}" if wanted else f"{name}; you have not said which places you look for"
    return f"{told}."


def _company_size(case: Case) -> str:
    known = [sizes.in_words(case.employees)] if case.employees else []
    known += [f"about {case.revenue:,.0f} US dollars a year"] if case.revenue else []
    if not known:
        return "Neither employees nor revenue are known."
    return _sentence(f"{' and '.join(known)}{_target(case.rulebook.ideal)}{_near_miss(case)}")


SENTENCES: dict[str, Callable[[Case], str]] = {
    "potential": _potential,
    "engagement": contact_reasons.engagement,
    "company_fit": _company_fit,
    "contactability": _contactability,
    "industry_match": _industry_match,
    "job_title": _job_title,
    "location": _location,
    "company_size": _company_size,
    "engagement_history": contact_reasons.engagement_history,
    "email_validity": contact_reasons.email_validity,
}


def _target(ideal: IdealCustomer) -> str:
    wanted = [_span(ideal.employees, "people"), _span(ideal.revenue, "US dollars a year")]
    told = " and ".join(filter(None, wanted))
    return f"; you look for {told}" if told else "; you have not said which sizes you look for"


def _near_miss(case: Case) -> str:
    """Said where a size outside of what is looked for has nearly all its points."""
    value = case.values["company_size"]
    if value is None or not NEARLY_FULL <= value < 1:
        return ""
    pairs = ((case.employees, case.rulebook.ideal.employees), (case.revenue, case.rulebook.ideal.revenue))
    is_under = any(number and wanted and wanted.min and number < wanted.min for number, wanted in pairs)
    way, end = ("under", "small") if is_under else ("over", "big")
    return f": just {way} it, which counts nearly in full, because only ten times too {end} counts nothing"


def _span(wanted: Range | None, unit: str) -> str:
    if not wanted:
        return ""
    least, most = wanted.min, wanted.max
    span = f"{least:,} to {most:,}" if least and most else f"{least:,} or more" if least else f"at most {most:,}"
    return f"{span} {unit}"


def _country(code: str) -> str:
    return places.label(code) if code in places.COUNTRIES else code


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
