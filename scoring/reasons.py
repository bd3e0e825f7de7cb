"""Why each factor has its value, in one sentence for one lead, with the citations that it rests on."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

from leads.criteria import Range
from leads.vocabulary import industries, places, titles, zones
from scoring.case import CHECK, Case, Citation
from scoring.factors.engagement import ANSWERS, ATTEMPTS, INTEREST, PATIENCE, PUBLIC_POINTS, WINDOW
from scoring.factors.fit import company_fit, technologies_met, won_before
from scoring.factors.position import job_title
from scoring.factors.reach import phone_chance
from scoring.ideal import IdealCustomer

MARK_WORDS = {
    "plus_tag": "tagged",
    "idn": "non-ASCII",
    "alias_of": "alias",
    "relay_service": "relay",
    "catch_all": "accept-all",
}
EMAIL_WORDS = {
    "deliverable": "The e-mail address is deliverable",
    "risky": "The e-mail address is risky",
    "undeliverable": "Mail to this address bounces",
    "unknown": "The mail server would not say whether the address exists",
    "unchecked": "The e-mail address is well-formed but not verified yet",
}
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
        return (*case.touches(), *case.signals(*PUBLIC_POINTS))
    if key == "engagement_history":
        return case.touches()
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


def _engagement(case: Case) -> str:
    recent = [event for event in case.facts.touches.of(0) if event.age <= WINDOW]
    public = [event for event in case.facts.signals.of(0) if event.age <= WINDOW and event.kind in PUBLIC_POINTS]
    answers, attempts, interest = (
        [event for event in recent if event.kind in kinds] for kinds in (ANSWERS, ATTEMPTS, INTEREST)
    )
    told = []
    if answers or attempts:
        told.append(f"{_count(len(answers), 'answer')} to {_count(max(len(attempts), len(answers)), 'attempt')}")
    if interest:
        told.append(f"{_count(len(interest), 'sign')} of interest")
    if told:
        is_open = attempts and not answers and min(event.age for event in attempts) <= PATIENCE
        waiting = "; the last may still be answered" if is_open else ""
        return f"{' and '.join(told)} in the last {WINDOW:.0f} days{waiting}."
    if public:
        return f"Nobody has been in touch in {WINDOW:.0f} days, but there is public activity: {case.signals()[0].text}."
    return f"Nobody has been in touch in {WINDOW:.0f} days, and no public activity was seen."


def _company_fit(case: Case) -> str:
    ideal, parts = case.rulebook.ideal, []
    if ideal.industries and case.industry:
        parts.append(industries.label(case.industry))
    if ideal.employees and case.employees:
        parts.append(f"about {case.employees:,.0f} people")
    if ideal.technologies and case.technologies:
        met = technologies_met(case.technologies, ideal)
        parts.append(f"uses {', '.join(met[:3])}" if met else "uses none of the technologies you look for")
    return _sentence(", ".join(parts)) if parts else "Nothing of the ideal company can be compared yet."


def _contactability(case: Case) -> str:
    if case.facts.is_barred[0]:
        return "Marked as not to be contacted."
    channels = []
    if case.email.is_there and case.email.status != "undeliverable":
        mailbox = "a role mailbox" if "role" in case.email.flags else "an e-mail address"
        channels.append(mailbox if case.email.status == "deliverable" else f"{mailbox} (unverified)")
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
    team = zones.zones_of_home(case.rulebook.home)
    if not team:
        return f"{told}."
    hours = zones.hours_shared(team, zones.zones_of(*place), case.facts.now.date())
    return f"{told}; you share {hours:.3g} of 8 working hours."


def _company_size(case: Case) -> str:
    known = [f"about {case.employees:,.0f} people"] if case.employees else []
    known += [f"about {case.revenue:,.0f} US dollars a year"] if case.revenue else []
    if not known:
        return "Neither employees nor revenue are known."
    return _sentence(f"{' and '.join(known)}{_target(case.rulebook.ideal)}")


def _engagement_history(case: Case) -> str:
    touches = case.facts.touches.of(0)
    if any(event.kind == "opt_out" for event in touches) or case.facts.is_barred[0]:
        return "Opted out of being contacted."
    answers = sum(event.kind in ANSWERS for event in touches)
    attempts = sum(event.kind in ATTEMPTS for event in touches)
    outcome = case.facts.outcomes[0]
    earlier = f"; the last deal was {outcome}" if outcome in ("won", "lost") else ""
    if not (answers or attempts or earlier):
        return "Never contacted."
    return f"{_count(answers, 'answer')} to {_count(max(attempts, answers), 'attempt')} so far{earlier}."


def _email_validity(case: Case) -> str:
    if not case.email.is_there:
        return "No e-mail address is known."
    told = EMAIL_WORDS.get(case.email.status, "The e-mail address was checked")
    cause = case.email.reason if case.email.status in ("risky", "undeliverable") else ""
    marks = [flag for flag in case.email.flags.split(",") if flag]
    measured = {"deliverability": case.email.deliverability, "domain's reputation": case.email.reputation}
    notes = [cause.replace("_", " ")] * bool(cause) + [f"{MARK_WORDS.get(mark, mark)} address" for mark in marks]
    notes += [f"{name} {value * 100:.0f} of 100" for name, value in measured.items() if value is not None]
    return f"{told} ({', '.join(notes)})." if notes else f"{told}."


SENTENCES: dict[str, Callable[[Case], str]] = {
    "potential": _potential,
    "engagement": _engagement,
    "company_fit": _company_fit,
    "contactability": _contactability,
    "industry_match": _industry_match,
    "job_title": _job_title,
    "location": _location,
    "company_size": _company_size,
    "engagement_history": _engagement_history,
    "email_validity": _email_validity,
}


def _target(ideal: IdealCustomer) -> str:
    wanted = [_span(ideal.employees, "people"), _span(ideal.revenue, "US dollars a year")]
    told = " and ".join(filter(None, wanted))
    return f"; you look for {told}" if told else "; you have not said which sizes you look for"


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


def _count(number: int, noun: str) -> str:
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
