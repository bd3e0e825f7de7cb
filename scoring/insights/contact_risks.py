"""What speaks against the ways to reach a lead."""

from __future__ import annotations

from leads.vocabulary import sizes
from scoring.case import Case
from scoring.columns import UNSOUGHT
from scoring.factors.reach import email_chance, phone_chance
from scoring.insights.finding import Finding, Rule, Severity

LARGE_COMPANY = 50
POOR_REPUTATION = 0.4


def no_contact(case: Case) -> Finding | None:
    """Less severe where nobody has looked for an address."""
    if email_chance(case.email) or phone_chance(case.phone) or case.facts.has_profile[0]:
        return None
    severity = Severity.MEDIUM if case.email.status == UNSOUGHT else Severity.HIGH
    detail = "No usable e-mail address, phone number or profile is known."
    return Finding("no_contact", severity, "No way to reach them", detail, case.cited("email", "phone"))


def bounced(case: Case) -> Finding | None:
    if case.email.status != "undeliverable":
        return None
    cause = case.email.reason.replace("_", " ")
    detail = f"The mail server refuses this address{f': {cause}' if cause else ''}."
    return Finding("bounced", Severity.HIGH, "E-mail bounces", detail, case.verified())


def disposable(case: Case) -> Finding | None:
    if "disposable" not in case.email.flags:
        return None
    detail = "The address belongs to a throw-away provider, so it is likely dead or fake."
    return Finding("disposable", Severity.HIGH, "Throw-away address", detail, case.cited("email"))


def risky_email(case: Case) -> Finding | None:
    if case.email.status != "risky":
        return None
    cause = case.email.reason.replace("_", " ") or "the server gave no clear answer"
    return Finding("risky_email", Severity.MEDIUM, "Address may bounce", f"Verification: {cause}.", case.verified())


def role_mailbox(case: Case) -> Finding | None:
    if "role" not in case.email.flags:
        return None
    detail = "The address is a function's mailbox, so somebody else may read it."
    return Finding("role_mailbox", Severity.MEDIUM, "Role mailbox", detail, case.cited("email"))


def free_mail(case: Case) -> Finding | None:
    if "free" not in case.email.flags or (case.employees or 0) < LARGE_COMPANY:
        return None
    detail = f"A company of {sizes.in_words(case.employees or 0)} has addresses of its own; this may be a private one."
    return Finding("free_mail", Severity.MEDIUM, "Private address", detail, case.cited("email"))


def trap(case: Case) -> Finding | None:
    if case.email.reason != "spamtrap_suspected":
        return None
    detail = "Mail to it may put your domain on a block list: do not write to it."
    return Finding("trap", Severity.HIGH, "Likely a spam trap", detail, case.verified())


def do_not_mail(case: Case) -> Finding | None:
    if case.email.reason != "do_not_mail":
        return None
    detail = "A provider of verifications advises against writing to this address."
    return Finding("do_not_mail", Severity.HIGH, "Do not write to it", detail, case.verified())


def misspelt(case: Case) -> Finding | None:
    if case.email.reason != "typo_suspected":
        return None
    detail = "The domain of the address looks like a slip of the pen, so mail would reach nobody, or a stranger."
    return Finding("misspelt", Severity.MEDIUM, "Address looks misspelt", detail, case.cited("email"))


def poor_domain(case: Case) -> Finding | None:
    reputation = case.email.reputation
    if reputation is None or reputation >= POOR_REPUTATION:
        return None
    detail = f"The domain of the address has a reputation of {reputation * 100:.0f} of 100."
    return Finding("poor_domain", Severity.LOW, "Domain of poor repute", detail, case.verified())


def wrong_number(case: Case) -> Finding | None:
    if not case.phone.kind or case.phone.is_valid is not False:
        return None
    detail = "The phone number is wrong, or none that is given out."
    seen = (*case.touches("call_wrong_number"), *case.cited("phone"))
    return Finding("wrong_number", Severity.MEDIUM, "Wrong number", detail, seen)


def no_calls(case: Case) -> Finding | None:
    if not case.phone.is_barred:
        return None
    detail = "This person asked not to be called: write instead."
    return Finding("no_calls", Severity.MEDIUM, "Do not call", detail, case.touches("call_refused"))


RULES: tuple[Rule, ...] = (
    no_contact,
    bounced,
    disposable,
    trap,
    do_not_mail,
    risky_email,
    misspelt,
    role_mailbox,
    free_mail,
    poor_domain,
    wrong_number,
    no_calls,
)
