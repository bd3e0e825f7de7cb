"""Steps that get a lead to answer: the first word, the next one, another channel, a meeting, a lost deal tried again."""

from __future__ import annotations

from scoring.case import Case
from scoring.factors.engagement import ANSWERS, ATTEMPTS, INTEREST, UNTOLD
from scoring.factors.reach import is_writable, phone_chance
from scoring.insights.step import Step, StepRule

HOT_SIGNALS = ("new_in_role", "funding", "hiring", "expansion")
RECENT_DAYS = 30.0
COLD_DAYS = 90.0
MEETING_DAYS = 7.0
MAILS_ENOUGH = 2
CALLS = frozenset({UNTOLD, *(kind for kind in ATTEMPTS if kind.startswith("call"))})
TRIED = ATTEMPTS | {UNTOLD}
IN_WRITING, BY_PHONE, MEETING = ("email_replied",), ("call_reached",), ("meeting",)  # what is logged once they answer


def first_contact(case: Case) -> Step | None:
    way = BY_PHONE if case.phone.is_valid and phone_chance(case.phone) else _way(case)
    if case.touches(*ANSWERS, *TRIED, *INTEREST) or not way:
        return None
    hook = case.signals()[:1]
    why = f"Nobody has been in touch; start with: {hook[0].text}." if hook else "Nobody has been in touch yet."
    title = "Call for the first time" if way == BY_PHONE else "Write for the first time"
    return Step("first_contact", title, why, 0.1, touches=way, evidence=hook)


def follow_up(case: Case) -> Step | None:
    attempts = case.touches(*TRIED)
    way = _way(case)
    if not attempts or case.touches(*ANSWERS) or not way:
        return None
    why = f"The last attempt, on {attempts[0].on:%-d %B}, has no answer yet."
    if case.age(UNTOLD) < case.age(*ATTEMPTS):
        why = f"What came of the call on {attempts[0].on:%-d %B} is not given."
    title = "Call to follow up" if way == BY_PHONE else "Follow up"
    return Step("follow_up", title, why, 0.1, touches=way, evidence=attempts[:1])


def change_channel(case: Case) -> Step | None:
    """Several mails without an answer, and a number that nobody has called."""
    mails = case.touches("email_sent")
    if len(mails) < MAILS_ENOUGH or case.touches(*ANSWERS, *CALLS) or not phone_chance(case.phone):
        return None
    why = f"{len(mails)} mails have no answer, and nobody has called yet."
    return Step("change_channel", "Call instead of writing", why, 0.2, touches=BY_PHONE, evidence=mails[:1])


def answer_interest(case: Case) -> Step | None:
    seen, way = case.touches(*INTEREST), _way(case)
    if not seen or case.age(*INTEREST) > RECENT_DAYS or case.touches(*ANSWERS) or not way:
        return None
    why = f"They looked at what you sent on {seen[0].on:%-d %B}: get in touch while they remember."
    title = "Call while they look" if way == BY_PHONE else "Get in touch while they look"
    return Step("answer_interest", title, why, 0.2, touches=way, evidence=seen[:1])


def use_signal(case: Case) -> Step | None:
    """Something happened there since anybody was in touch."""
    fresh = [event for event in case.facts.signals.of(0) if event.kind in HOT_SIGNALS and event.age <= RECENT_DAYS]
    last = case.age(*TRIED, *ANSWERS)
    way = _way(case)
    if not fresh or not fresh[0].age < last < float("inf") or not way:
        return None
    hook = case.signals(fresh[0].kind)[:1]
    why = f"Since the last contact: {hook[0].text}."
    title = "Call about the news" if way == BY_PHONE else "Write about the news"
    return Step("use_signal", title, why, 0.2, touches=way, evidence=hook)


def meet(case: Case) -> Step | None:
    answers, way = case.touches("email_replied", "call_reached"), _way(case)
    if not answers or case.touches("meeting") or case.age("email_replied", "call_reached") > COLD_DAYS or not way:
        return None
    why = f"They answered on {answers[0].on:%-d %B}: propose a meeting."
    title = "Call and propose a meeting" if way == BY_PHONE else "Propose a meeting"
    return Step("meet", title, why, 0.3, touches=MEETING, evidence=answers[:1])


def after_meeting(case: Case) -> Step | None:
    held, since, way = case.touches("meeting"), case.age("meeting"), _way(case)
    if not held or not MEETING_DAYS <= since <= COLD_DAYS or case.age(*TRIED, *IN_WRITING) < since or not way:
        return None
    why = f"Nothing has happened since the meeting on {held[0].on:%-d %B}."
    title = "Call about the meeting" if way == BY_PHONE else "Follow up the meeting"
    return Step("after_meeting", title, why, 0.4, touches=way, evidence=held[:1])


def revive(case: Case) -> Step | None:
    answers, way = case.touches(*ANSWERS), _way(case)
    if not answers or case.age(*ANSWERS) <= COLD_DAYS or case.facts.outcomes[0] or not way:
        return None
    why = f"They last answered on {answers[0].on:%-d %B %Y}: pick up the thread."
    title = "Call and pick up the thread" if way == BY_PHONE else "Pick up the thread"
    return Step("revive", title, why, 0.2, touches=way, evidence=answers[:1])


def win_back(case: Case) -> Step | None:
    way = _way(case)
    if case.facts.outcomes[0] != "lost" or not way:
        return None
    why = "The deal was lost once; needs, people and budgets change."
    return Step("win_back", "Call and ask again" if way == BY_PHONE else "Ask again", why, 0.1, touches=way)


def sell_more(case: Case) -> Step | None:
    way = _way(case)
    if case.facts.outcomes[0] != "won" or not way:
        return None
    why = "They bought before: ask what else they need, and whom they would introduce."
    title = "Call and ask for more business" if way == BY_PHONE else "Ask for more business"
    return Step("sell_more", title, why, 0.3, touches=MEETING)


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


def _way(case: Case) -> tuple[str, ...]:
    """The answer that can come: in writing where one may write or to a profile, else by telephone, else none."""
    if is_writable(case.email) or case.facts.has_profile[0]:
        return IN_WRITING
    return BY_PHONE if phone_chance(case.phone) else ()
