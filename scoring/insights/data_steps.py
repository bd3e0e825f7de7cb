"""Steps that complete or mend what is known of a lead: addresses, numbers, the company, the right person.

Offered are those whose finding changes the lead here: verifying and correcting an address. What has to be found, asked for or
looked up comes back from elsewhere, if at all, and is advice only, even where the look-up can be ordered here.
"""

from __future__ import annotations

from typing import Any

from leads.vocabulary import industries, places, zones
from scoring.case import KEPT, SPELLING, Case
from scoring.columns import Email, Phone, Place, Position
from scoring.factors.reach import email_chance, phone_chance
from scoring.ideal import IdealCustomer
from scoring.insights.step import Step, StepRule

STALE_DAYS = 180
LARGE_COMPANY = 50
BEYOND_US = ("accept_all", "catch_all", "provider_unverifiable")  # asking such a server again says the same
KNOWN_LINES = ("fixed", "voip", "toll_free", "premium", "shared_cost", "pager", "uan", "voicemail", "personal")
SETTLED_LINES = ("mobile", "switchboard")
MENDABLE = (*BEYOND_US, "mailbox_full", "")
MISSING = {"employees": "size", "revenue": "revenue", "industry": "industry", "technologies": "technologies"}


def verify_email(case: Case) -> Step | None:
    if case.email.status not in ("unchecked", "unknown"):
        return None
    asked = "The last verification did not tell; another time the mail server may."
    never = "The address is well-formed, but nobody has asked the mail server yet."
    why = asked if case.email.status == "unknown" else never
    verified = {"email": _verified(case.email)}
    return Step("verify_email", "Verify the e-mail", why, 0.7, verified, (), "email_check", case.cited("email"))


def _verified(email: Email) -> Email:
    """The same address found deliverable: what is known of it and of its domain stays."""
    return email._replace(status="deliverable", reason="")


def find_email(case: Case) -> Step | None:
    if case.email.is_there and case.email.status != "undeliverable":
        return None
    why = "There is no address that works."
    found = {"email": Email("deliverable")}
    cited = case.cited("email")
    return Step("find_email", "Find an e-mail address", why, 0.4, found, (), "email_check", cited, is_offered=False)


def verify_again(case: Case) -> Step | None:
    """Advice only where our own check cannot tell, or says the same as long as its verdict is kept."""
    if case.email.status != "risky" or case.email.reason not in MENDABLE:
        return None
    cause = case.email.reason.replace("_", " ") or "no cause was named"
    is_ours = case.email.reason not in BEYOND_US
    who = "another check" if is_ours else "only a provider's second opinion"
    kept = case.cited(KEPT) if is_ours else ()
    when = f" once it has expired, on {kept[0].on:%-d %B}" if kept else ""
    why = f"The last answer was not clear ({cause}); {who} may settle it{when}."
    settled, cited = {"email": _verified(case.email)}, case.cited("email")
    title = "Verify the e-mail again" if is_ours else "Have the e-mail verified elsewhere"
    return Step("verify_again", title, why, 0.3, settled, (), "email_check", cited, is_offered=is_ours and not kept)


def correct_email(case: Case) -> Step | None:
    """Advice only where nobody has suggested another spelling."""
    if case.email.reason != "typo_suspected":
        return None
    likelier = case.cited(SPELLING)
    how = (
        f"“{likelier[0].text}” is likelier. Correct and verify it" if likelier else "find the right one, and verify it"
    )
    corrected = {"email": _verified(case.email)._replace(flags="")}
    return Step(
        "correct_email",
        "Correct the e-mail",
        f"The address looks misspelt: {how}.",
        0.5,
        corrected,
        (),
        "email_check",
        (*case.cited("email"), *likelier),
        is_offered=bool(likelier),
    )


def ask_own_address(case: Case) -> Step | None:
    """A mailbox of a function, or a private one at a company that has its own."""
    is_private = "free" in case.email.flags and (case.employees or 0) >= LARGE_COMPANY
    if case.email.status == "undeliverable" or not ("role" in case.email.flags or is_private):
        return None
    why = "Only a private address is known." if is_private else "Only a mailbox of several people is known."
    own = {"email": Email("deliverable")}
    title = "Ask for the address at work" if is_private else "Ask for the personal address"
    return Step("ask_own_address", title, why, 0.4, own, evidence=case.cited("email"), is_offered=False)


def check_phone(case: Case) -> Step | None:
    phone = case.phone
    is_known = phone.kind in KNOWN_LINES and phone.is_valid
    if not phone.kind or phone.kind in SETTLED_LINES or is_known or phone.is_valid is False or phone.is_barred:
        return None
    why = "Whether the number is live, and whether it is a mobile, is not known."
    mobile = {"phone": Phone("mobile", True)}
    return Step(
        "check_phone", "Check the phone", why, 0.4, mobile, (), "phone_check", case.cited("phone"), is_offered=False
    )


def find_phone(case: Case) -> Step | None:
    phone = case.phone
    if phone.is_barred or not (phone.kind in ("", "switchboard") or phone.is_valid is False):
        return None
    known = "Only the company's switchboard is known." if phone.kind == "switchboard" else "There is no phone number."
    why = "The number is wrong." if phone.is_valid is False else known
    found, cited = {"phone": Phone("fixed", True)}, case.cited("company.phone")
    title = "Ask for a direct number" if _can_be_asked(case) else "Find a phone number"
    return Step("find_phone", title, why, 0.3, found, evidence=cited, is_offered=False)


def find_profile(case: Case) -> Step | None:
    if case.facts.has_profile[0]:
        return None
    why = "A profile is another way to reach the person, and shows the current job."
    return Step(
        "find_profile", "Find the LinkedIn profile", why, 0.6, {"has_profile": True}, (), "profile", is_offered=False
    )


def complete_company(case: Case) -> Step | None:
    hoped = _company_as_hoped(case)
    if not hoped:
        return None
    why = f"Not known of the company: {', '.join(label for name, label in MISSING.items() if name in hoped)}."
    if case.rulebook_in(hoped.get("industry", case.industry)) is not case.rulebook:
        why += f" In {industries.label(hoped['industry'])}, the profile of that industry would grade it."
    return Step(
        "complete_company", "Complete the company's facts", why, 0.4, hoped, (), "company_facts", is_offered=False
    )


def find_place(case: Case) -> Step | None:
    if case.place.country or not (hoped := _place_as_hoped(case)):
        return None
    why = "Where the person works is not known."
    return Step("find_place", "Find out where they work", why, 0.5, {"place": hoped}, is_offered=False)


def find_title(case: Case) -> Step | None:
    if case.position.title or case.position.seniority:
        return None
    why = "What the person does there is not known."
    return Step(
        "find_title", "Find the job title", why, 0.4, {"position": _buyer(case.rulebook.ideal)}, is_offered=False
    )


def find_decision_maker(case: Case) -> Step | None:
    if case.position.seniority not in ("entry", "senior"):
        return None
    why = "Somebody with more say at the same company scores higher."
    senior = {"position": _buyer(case.rulebook.ideal)}
    return Step(
        "find_decision_maker",
        "Find who decides there",
        why,
        0.5,
        senior,
        evidence=case.cited("title"),
        is_offered=False,
    )


def confirm_job(case: Case) -> Step | None:
    if not float(case.facts.observed[0]) >= STALE_DAYS:
        return None
    why = "The data is old: confirm that the person still works there."
    return Step("confirm_job", "Confirm the job", why, 0.7, evidence=case.cited("title"))


RULES: tuple[StepRule, ...] = (
    verify_email,
    find_email,
    verify_again,
    correct_email,
    ask_own_address,
    check_phone,
    find_phone,
    find_profile,
    complete_company,
    find_place,
    find_title,
    find_decision_maker,
    confirm_job,
)


def _can_be_asked(case: Case) -> bool:
    """Whether somebody would read or hear the question: the person, or the company's switchboard."""
    return bool(email_chance(case.email) or phone_chance(case.phone) or case.facts.has_profile[0])


def _company_as_hoped(case: Case) -> dict[str, Any]:
    """What is not known of the company, as the ideal customer has it."""
    ideal = case.rulebook.ideal
    hoped: dict[str, Any] = {}
    if ideal.employees and case.employees is None:
        hoped["employees"] = float(ideal.employees.min or ideal.employees.max or 1)
    if ideal.revenue and case.revenue is None:
        hoped["revenue"] = float(ideal.revenue.min or ideal.revenue.max or 1)
    if ideal.industries and not case.industry:
        hoped["industry"] = ideal.industries[0]
    if ideal.technologies and not case.technologies:
        hoped["technologies"] = ideal.technologies
    return hoped


def _place_as_hoped(case: Case) -> Place | None:
    """A place that the ideal customer names, or one where the team works; None where neither is known."""
    term = next(iter(case.rulebook.ideal.places), "") or zones.place_of_home(case.rulebook.home)
    if not term:
        return None
    kind, _, name = term.partition(":")
    if kind == "region":
        return Place(sorted(places.expand(term))[0], "", "")
    part, _, country = name.rpartition(",")
    return Place(country or term, part if kind == "state" else "", part if kind == "city" else "")


def _buyer(ideal: IdealCustomer) -> Position:
    title = ideal.titles[0] if ideal.titles else ""
    seniority = ideal.seniorities[0] if ideal.seniorities else "director"
    return Position(title, seniority, ideal.departments[0] if ideal.departments else "executive")
