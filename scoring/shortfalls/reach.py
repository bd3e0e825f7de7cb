"""What a person and the ways to reach one lack: job title, contactability, location and e-mail validity."""

from __future__ import annotations

from leads.vocabulary import zones
from scoring.case import Case
from scoring.columns import Email, Phone
from scoring.factors.position import OVERRULING, department_share, level_share
from scoring.factors.reach import hours_shared, is_near_region, is_writable

MARKS = {"free": "a private address says nothing of the company", "role": "several people read it"}


def job_title(case: Case) -> list[str]:
    ideal, told = case.rulebook.ideal, []
    _, seniority, department = case.position
    if not seniority:
        told.append("the level is not known")
    elif ideal.seniorities and seniority not in ideal.seniorities:
        told.append("you look for another level")
    elif level_share(seniority, ideal) < 1:
        told.append("higher levels have more say")
    share = department_share(case.position, ideal)
    if share == OVERRULING:
        told.append("heads of the company count a little less than the department that buys")
    elif share < 1:
        told.append("you look for another department" if department else "the department is not known")
    return told


def contactability(case: Case) -> list[str]:
    if case.facts.is_barred[0]:
        return ["nobody may contact this person"]
    told = [*_email_gap(case.email), *_phone_gap(case.phone)]
    told += ["no profile is known"] * (not case.facts.has_profile[0])
    return told or ["no way reaches a person every time"]


def location(case: Case) -> list[str]:
    told, rulebook = [], case.rulebook
    if rulebook.ideal.places:
        near = "it lies outside the places where you look, for which 70 % count at most"
        told.append(near if is_near_region(case.place, rulebook) else "it lies on another continent than you look in")
    hours = hours_shared(case.place, rulebook, case.facts.now.date())
    if not zones.zones_of(*case.place):
        told.append("its working hours are not known")
    elif hours < zones.WORKING_DAY:
        whom = "your team" if zones.zones_of_home(rulebook.home) else "the places where you look"
        told.append(f"{hours:.3g} of 8 working hours are shared with {whom}")
    return told


def email_validity(case: Case) -> list[str]:
    email = case.email
    if "disposable" in email.flags:
        return ["a throw-away address is worth next to nothing"]
    if email.status == "undeliverable":
        return ["mail to it does not arrive"]
    told = ["whether mail arrives is not certain"] * (email.status == "risky")
    if email.status in ("risky", "unknown") and email.deliverability is not None and email.deliverability < 1:
        told.append("the check measured less than sure delivery")
    told += [words for mark, words in MARKS.items() if mark in email.flags]
    is_doubted = email.reputation is not None and email.reputation < 1
    return told + ["its domain has less than the best reputation"] * is_doubted


def _email_gap(email: Email) -> list[str]:
    if not email.is_there:
        return ["no e-mail address is known"]
    if email.status == "undeliverable":
        return ["the e-mail address does not work"]
    if not is_writable(email):
        return ["nobody should write to the e-mail address"]
    if "role" in email.flags:
        return ["the e-mail address is not the person's own"]
    if email.status == "risky":
        return ["whether mail to it arrives is not certain"]
    return [] if email.status == "deliverable" else ["the e-mail address is not verified"]


def _phone_gap(phone: Phone) -> list[str]:
    if phone.is_barred:
        return ["nobody may call"]
    if not phone.kind:
        return ["no phone number is known"]
    if phone.is_valid is False:
        return ["the phone number is wrong"]
    if phone.kind == "switchboard":
        return ["only the switchboard is known"]
    told = "the number is not checked" if phone.is_valid is None else "the number is no mobile one"
    return [] if phone.kind == "mobile" and phone.is_valid else [told]
