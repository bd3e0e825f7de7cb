"""Why what happened between us, and the address, have their values: engagement, its history, e-mail validity; pure."""

from __future__ import annotations

from collections.abc import Collection

from scoring.case import Case
from scoring.columns import Email, Event
from scoring.factors.engagement import ANSWERS, ATTEMPTS, INTEREST, PATIENCE, PUBLIC_POINTS, UNTOLD, WINDOW

MARK_WORDS = {
    "plus_tag": "tagged",
    "idn": "non-ASCII",
    "alias_of": "alias",
    "relay_service": "relay",
}
ACCEPTS_ALL = frozenset({"accept_all", "catch_all"})
CAUSE_WORDS = {"accept_all": "the server takes mail for any name"}
EMAIL_WORDS = {
    "deliverable": "The e-mail address is deliverable",
    "risky": "The e-mail address is risky",
    "undeliverable": "Mail to this address bounces",
    "unknown": "The mail server would not say whether the address exists",
    "unchecked": "The e-mail address is well-formed but not verified yet",
}


def engagement(case: Case) -> str:
    recent = [event for event in case.facts.touches.of(0) if event.age <= WINDOW]
    public = [event for event in case.facts.signals.of(0) if event.age <= WINDOW and event.kind in PUBLIC_POINTS]
    seen = f"public activity: {case.signals(*PUBLIC_POINTS)[0].text}" if public else ""
    if told := _contacts(recent):
        answers, attempts = _of(recent, ANSWERS), _of(recent, ATTEMPTS)
        is_open = attempts and not answers and min(event.age for event in attempts) <= PATIENCE
        waiting = "; the last may still be answered" if is_open else ""
        beside = f"; {seen}" if seen and not answers else ""
        return f"{told} in the last {WINDOW:.0f} days{waiting}{beside}."
    if seen:
        return f"Nobody has been in touch in {WINDOW:.0f} days: all of this is {seen}."
    return f"Nobody has been in touch in {WINDOW:.0f} days, and no public activity was seen."


def _contacts(recent: list[Event]) -> str:
    """What was tried and what came back: "1 answer to 2 attempts"; "" before the first."""
    answers, attempts, interest = (_of(recent, kinds) for kinds in (ANSWERS, ATTEMPTS, INTEREST))
    told = []
    if answers or attempts:
        told.append(f"{_count(len(answers), 'answer')} to {_count(max(len(attempts), len(answers)), 'attempt')}")
    if interest:
        told.append(f"{_count(len(interest), 'sign')} of interest")
    if untold := _of(recent, {UNTOLD}):
        told.append(f"{_count(len(untold), 'call')} without a given outcome")
    return " and ".join(told)


def _of(events: list[Event], kinds: Collection[str]) -> list[Event]:
    return [event for event in events if event.kind in kinds]


def engagement_history(case: Case) -> str:
    touches = case.facts.touches.of(0)
    if any(event.kind == "opt_out" for event in touches) or case.facts.is_barred[0]:
        return "Opted out of being contacted."
    answers = sum(event.kind in ANSWERS for event in touches)
    attempts = sum(event.kind in ATTEMPTS for event in touches)
    outcome = case.facts.outcomes[0]
    earlier = f"; the last deal was {outcome}" if outcome in ("won", "lost") else ""
    untold = sum(event.kind == UNTOLD for event in touches)
    if not (answers or attempts):
        calls = "Called once" if untold == 1 else f"Called {untold} times"
        told = f"{calls}, but what came of it is not given" if untold else "Never contacted"
        return f"{told}{earlier}."
    beside = f" and {_count(untold, 'call')} without a given outcome" * bool(untold)
    return f"{_count(answers, 'answer')} to {_count(max(attempts, answers), 'attempt')}{beside} so far{earlier}."


def email_validity(case: Case) -> str:
    if not case.email.is_there:
        costs = "; that there is none costs points under contactability" * (case.values["contactability"] is not None)
        return f"No e-mail address is known. An unknown one counts as usual, neither good nor bad{costs}."
    told, notes = EMAIL_WORDS.get(case.email.status, "The e-mail address was checked"), _email_notes(case.email)
    return f"{told} ({', '.join(notes)})." if notes else f"{told}."


def _email_notes(email: Email) -> list[str]:
    """Cause, marks and measurements in words, each thing once."""
    cause = email.reason if email.status in ("risky", "undeliverable") else ""
    marks = [mark for mark in email.flags.split(",") if mark and mark != cause]
    if ACCEPTS_ALL & {cause, *marks}:
        cause, marks = "accept_all", [mark for mark in marks if mark not in ACCEPTS_ALL]
    notes = [CAUSE_WORDS.get(cause, cause.replace("_", " "))] * bool(cause)
    notes += [f"{MARK_WORDS.get(mark, mark)} address" for mark in marks]
    if email.deliverability is not None:
        notes.append(f"about {email.deliverability * 100:.0f} of 100 such mails arrive")
    if email.reputation is not None:
        notes.append(f"domain's reputation {email.reputation * 100:.0f} of 100")
    return notes


def _count(number: int, noun: str) -> str:
    return f"{number or 'No'} {noun}{'' if number == 1 else 's'}"
