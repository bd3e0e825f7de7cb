"""What to do next with a lead: each action's gain is found by scoring again with the fact that it may change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from scoring.case import Case, Citation
from scoring.columns import Categories, Email, Event, Events, Phone, Position
from scoring.engine import score
from scoring.factors.engagement import ANSWERS, ATTEMPTS
from scoring.ideal import IdealCustomer

STALE_DAYS = 180
LIKELY = 0.3
MOBILE = Phone("mobile", True)


@dataclass(frozen=True, slots=True)
class Step:
    """An action as its rule proposes it: the columns it would change if it works, and the chance (0..1) that it does.

    The chances are our own judgement until outcomes are measured. `price_kind` is "" where it costs nothing but time.
    """

    key: str
    title: str
    why: str
    changes: Mapping[str, Any]
    chance: float
    price_kind: str = ""
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A next action: credits it costs (None: no price is known, 0: free) and the total and grade it may lead to."""

    key: str
    title: str
    why: str
    price: Decimal | None
    gain: int
    total: int
    grade: str
    grade_before: str
    chance: float
    evidence: tuple[Citation, ...] = ()

    @property
    def expected_gain(self) -> float:
        """Points, weighed by the chance that it works."""
        return self.gain * self.chance

    @property
    def changes_grade(self) -> bool:
        return self.grade != self.grade_before

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "why": self.why,
            "price": None if self.price is None else float(self.price),
            "gain": self.gain,
            "total": self.total,
            "grade": self.grade,
            "chance": self.chance,
        }


def actions(case: Case, prices: Mapping[str, Decimal]) -> tuple[Action, ...]:
    """The next actions, those that promise most first; `prices` are credits by kind of price."""
    if case.facts.is_barred[0] or case.touches("opt_out"):
        return ()
    steps = [step for rule in RULES if (step := rule(case))]
    return tuple(sorted((_tried(case, step, prices) for step in steps), key=lambda action: -action.expected_gain))


def cheapest(found: tuple[Action, ...]) -> Action | None:
    """The cheapest single action that is likely enough to bring a better grade; None if none is, or no price is known."""
    better = [each for each in found if each.changes_grade and each.gain > 0 and each.chance >= LIKELY]
    priced = [(each.price, -each.expected_gain, each) for each in better if each.price is not None]
    return min(priced, key=lambda each: each[:2])[2] if priced else None


def _tried(case: Case, step: Step, prices: Mapping[str, Decimal]) -> Action:
    now, then = case.scored(), score(case.facts.changed(**step.changes), case.rulebook)
    return Action(
        key=step.key,
        title=step.title,
        why=step.why,
        price=prices.get(step.price_kind) if step.price_kind else Decimal(0),
        gain=int(then.total[0]) - int(now.total[0]),
        total=int(then.total[0]),
        grade=then.grade[0],
        grade_before=now.grade[0],
        chance=step.chance,
        evidence=step.evidence,
    )


def verify_email(case: Case) -> Step | None:
    if case.email.status not in ("unchecked", "unknown"):
        return None
    why = "The address is well-formed, but nobody has asked the mail server yet."
    verified = {"emails": Categories([Email("deliverable", "", case.email.flags)])}
    return Step("verify_email", "Verify the e-mail", why, verified, 0.7, "email_check", case.cited("email"))


def find_email(case: Case) -> Step | None:
    if case.email.status not in ("", "undeliverable"):
        return None
    why = "There is no address that works."
    found = {"emails": Categories([Email("deliverable")])}
    return Step("find_email", "Find an e-mail address", why, found, 0.4, "", case.cited("email"))


def check_phone(case: Case) -> Step | None:
    if not case.phone.kind or case.phone.kind in ("mobile", "switchboard"):
        return None
    why = "Whether the number is live, and whether it is a mobile, is not known."
    return Step(
        "check_phone", "Check the phone", why, {"phones": Categories([MOBILE])}, 0.4, "phone_check", case.cited("phone")
    )


def find_phone(case: Case) -> Step | None:
    if case.phone.kind not in ("", "switchboard"):
        return None
    known = "Only the company's switchboard is known." if case.phone.kind else "There is no phone number."
    found = {"phones": Categories([Phone("fixed", True)])}
    return Step("find_phone", "Ask for a direct number", known, found, 0.3, "", case.cited("company.phone"))


def find_profile(case: Case) -> Step | None:
    if case.facts.has_profile[0]:
        return None
    why = "A profile is another way to reach the person, and shows the current job."
    return Step("find_profile", "Find the LinkedIn profile", why, {"has_profile": np.array([True])}, 0.6, "profile")


def complete_company(case: Case) -> Step | None:
    changes = _company_as_hoped(case)
    if not changes:
        return None
    missing = {"employees": "size", "industries": "industry", "technologies": "technologies"}
    names = ", ".join(label for name, label in missing.items() if name in changes)
    why = f"Not known of the company: {names}."
    return Step("complete_company", "Complete the company's facts", why, changes, 0.4, "company_facts")


def find_decision_maker(case: Case) -> Step | None:
    if case.position.seniority not in ("", "entry", "senior"):
        return None
    why = "Somebody with more say at the same company scores higher."
    senior = {"positions": Categories([_buyer(case.rulebook.ideal)])}
    title = "Find who decides there"
    return Step("find_decision_maker", title, why, senior, 0.5, "", case.cited("title"))


def first_contact(case: Case) -> Step | None:
    if case.facts.touches.all or not _is_reachable(case):
        return None
    way = "Call" if case.phone.kind and case.phone.is_valid else "Write"
    hook = case.signals()[:1]
    why = f"Nobody has been in touch; start with: {hook[0].text}." if hook else "Nobody has been in touch yet."
    return Step("first_contact", f"{way} for the first time", why, _answered(case, "email_replied"), 0.1, "", hook)


def follow_up(case: Case) -> Step | None:
    attempts = case.touches(*ATTEMPTS)
    if not attempts or case.touches(*ANSWERS):
        return None
    why = f"The last attempt, on {attempts[0].on:%-d %B}, has no answer yet."
    return Step("follow_up", "Follow up", why, _answered(case, "email_replied"), 0.1, "", attempts[:1])


def meet(case: Case) -> Step | None:
    answers = case.touches("email_replied")
    if not answers or case.touches("meeting"):
        return None
    why = f"They answered on {answers[0].on:%-d %B}: propose a meeting."
    return Step("meet", "Propose a meeting", why, _answered(case, "meeting"), 0.3, "", answers[:1])


def confirm_job(case: Case) -> Step | None:
    if not float(case.facts.observed[0]) >= STALE_DAYS:
        return None
    why = "The data is old: confirm that the person still works there."
    return Step("confirm_job", "Confirm the job", why, {}, 0.7, "", case.cited("title"))


RULES: tuple[Callable[[Case], Step | None], ...] = (
    verify_email,
    find_email,
    check_phone,
    find_phone,
    find_profile,
    complete_company,
    find_decision_maker,
    first_contact,
    follow_up,
    meet,
    confirm_job,
)


def _is_reachable(case: Case) -> bool:
    has_email = case.email.status not in ("", "undeliverable")
    return has_email or bool(case.phone.kind and case.phone.is_valid is not False) or bool(case.facts.has_profile[0])


def _answered(case: Case, kind: str) -> dict[str, Any]:
    """The touches with one more of this kind, today."""
    today = Event(0, kind, 0.0, case.facts.now.date())
    return {"touches": Events([*case.facts.touches.all, today])}


def _company_as_hoped(case: Case) -> dict[str, Any]:
    """What is not known of the company, as the ideal customer has it."""
    ideal = case.rulebook.ideal
    hoped: dict[str, Any] = {}
    if ideal.employees and case.employees is None:
        hoped["employees"] = np.array([float(ideal.employees.min or ideal.employees.max or 1)])
    if ideal.industries and not case.industry:
        hoped["industries"] = Categories([ideal.industries[0]])
    if ideal.technologies and not case.technologies:
        hoped["technologies"] = Categories([ideal.technologies])
    return hoped


def _buyer(ideal: IdealCustomer) -> Position:
    title = ideal.titles[0] if ideal.titles else ""
    seniority = ideal.seniorities[0] if ideal.seniorities else "director"
    return Position(title, seniority, ideal.departments[0] if ideal.departments else "executive")
