"""Steps that get a lead to answer: the first word, the next one, another channel, a meeting, a lost deal tried again."""

from __future__ import annotations

from scoring.case import Case
from scoring.factors.engagement import ANSWERS, ATTEMPTS, INTEREST, UNTOLD
from scoring.factors.reach import phone_chance
from scoring.insights.step import Step, StepRule

HOT_SIGNALS = ("new_in_role", "funding", "hiring", "expansion")
RECENT_DAYS = 30.0
COLD_DAYS = 90.0
MEETING_DAYS = 7.0
MAILS_ENOUGH = 2
CALLS = frozenset({UNTOLD, *(kind for kind in ATTEMPTS if kind.startswith("call"))})
TRIED = ATTEMPTS | {UNTOLD}
REPLY, REACHED = ("email_replied",), ("call_reached",)


def first_contact(case: Case) -> Step | None:
    if case.touches(*ANSWERS, *TRIED, *INTEREST) or not _is_reachable(case):
        return None
    way, answer = ("Call", REACHED) if case.phone.is_valid and phone_chance(case.phone) else ("Write", REPLY)
    hook = case.signals()[:1]
    why = f"Nobody has been in touch; start with: {hook[0].text}." if hook else "Nobody has been in touch yet."
    return Step("first_contact", f"{way} for the first time", why, 0.1, touches=answer, evidence=hook)


def follow_up(case: Case) -> Step | None:
    attempts = case.touches(*TRIED)
    if not attempts or case.touches(*ANSWERS) or not _is_reachable(case):
        return None
    why = f"The last attempt, on {attempts[0].on:%-d %B}, has no answer yet."
    if case.age(UNTOLD) < case.age(*ATTEMPTS):
        why = f"What came of the call on {attempts[0].on:%-d %B} is not given."
    return Step("follow_up", "Follow up", why, 0.1, touches=REPLY, evidence=attempts[:1])


def change_channel(case: Case) -> Step | None:
    """Several mails without an answer, and a number that nobody has called."""
    mails = case.touches("email_sent")
    if len(mails) < MAILS_ENOUGH or case.touches(*ANSWERS, *CALLS) or not phone_chance(case.phone):
        return None
    why = f"{len(mails)} mails have no answer, and nobody has called yet."
    return Step("change_channel", "Call instead of writing", why, 0.2, touches=REACHED, evidence=mails[:1])


def answer_interest(case: Case) -> Step | None:
    seen = case.touches(*INTEREST)
    if not seen or case.age(*INTEREST) > RECENT_DAYS or case.touches(*ANSWERS):
        return None
    why = f"They looked at what you sent on {seen[0].on:%-d %B}: get in touch while they remember."
    return Step("answer_interest", "Get in touch while they look", why, 0.2, touches=REPLY, evidence=seen[:1])


def use_signal(case: Case) -> Step | None:
    """Something happened there since anybody was in touch."""
    fresh = [event for event in case.facts.signals.of(0) if event.kind in HOT_SIGNALS and event.age <= RECENT_DAYS]
    last = case.age(*TRIED, *ANSWERS)
    if not fresh or not fresh[0].age < last < float("inf") or not _is_reachable(case):
        return None
    hook = case.signals(fresh[0].kind)[:1]
    why = f"Since the last contact: {hook[0].text}."
    return Step("use_signal", "Write about the news", why, 0.2, touches=REPLY, evidence=hook)


def meet(case: Case) -> Step | None:
    answers = case.touches("email_replied", "call_reached")
    if not answers or case.touches("meeting") or case.age("email_replied", "call_reached") > COLD_DAYS:
        return None
    why = f"They answered on {answers[0].on:%-d %B}: propose a meeting."
    return Step("meet", "Propose a meeting", why, 0.3, touches=("meeting",), evidence=answers[:1])


def after_meeting(case: Case) -> Step | None:
    held = case.touches("meeting")
    since = case.age("meeting")
    if not held or not MEETING_DAYS <= since <= COLD_DAYS or case.age(*TRIED, *REPLY) < since:
        return None
    why = f"Nothing has happened since the meeting on {held[0].on:%-d %B}."
    return Step("after_meeting", "Follow up the meeting", why, 0.4, touches=REPLY, evidence=held[:1])


def revive(case: Case) -> Step | None:
    answers = case.touches(*ANSWERS)
    if not answers or case.age(*ANSWERS) <= COLD_DAYS or case.facts.outcomes[0]:
        return None
    why = f"They last answered on {answers[0].on:%-d %B %Y}: pick up the thread."
    return Step("revive", "Pick up the thread", why, 0.2, touches=REPLY, evidence=answers[:1])


def win_back(case: Case) -> Step | None:
    if case.facts.outcomes[0] != "lost":
        return None
    why = "The deal was lost once; needs, people and budgets change."
    return Step("win_back", "Ask again", why, 0.1, touches=REPLY)


def sell_more(case: Case) -> Step | None:
    if case.facts.outcomes[0] != "won":
        return None
    why = "They bought before: ask what else they need, and whom they would introduce."
    return Step("sell_more", "Ask for more business", why, 0.3, touches=("meeting",))


RULES: tuple[StepRule, ...] = (
    first_contact,
    follow_up,
    change_channel,
    answer_interest,
    use_signal,
    meet,
    after_meeting,
    revive,
    win_back,
    sell_more,
)


def _is_reachable(case: Case) -> bool:
    has_email = case.email.is_there and case.email.status != "undeliverable"
    return has_email or bool(phone_chance(case.phone)) or bool(case.facts.has_profile[0])
