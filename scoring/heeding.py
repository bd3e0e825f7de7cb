"""What calls and mails have proved of a lead's number and address, heeded in its facts; over whole columns."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from leads.models import ActivityKind, EmailStatus
from scoring.columns import Codes, Email, Event, LeadFacts, Phone

PROVED = {"call_wrong_number": "phone", "email_bounced": "email"}  # of which field each kind of touch proves something
ANSWERED = {"call_wrong_number": "call_reached", "email_bounced": "email_replied"}  # what later proves the contrary
PAST = "past_"


def touch_kind(kind: str, outcome: str = "", *, is_past: bool = False) -> str:
    """An activity as factors know it: a call by what came of it; `is_past`: of a number or address no longer in use.

    >>> touch_kind("call", "reached"), touch_kind("email_bounced", is_past=True), touch_kind("meeting")
    ('call_reached', 'past_email_bounced', 'meeting')
    """
    known = f"{kind}_{outcome}" if kind == ActivityKind.CALL and outcome else str(kind)
    return PAST + known if is_past and known in PROVED else known


def heeded(facts: LeadFacts) -> LeadFacts:
    """The same leads, with wrong numbers, addresses that bounced, and nobody to be called who asked for that.

    A number or address by which somebody has answered since is not wrong.
    """
    rows = {kind: _rows(facts, kind) for kind in ("call_wrong_number", "call_refused", "email_bounced")}
    if not any(len(found) for found in rows.values()):
        return facts
    phones = facts.phones.replaced(rows["call_wrong_number"], _wrong).replaced(rows["call_refused"], _barred)
    return facts.changed(phones=phones, emails=facts.emails.replaced(rows["email_bounced"], _bounced))


def condemned(facts: LeadFacts) -> tuple[str, ...]:
    """Which of the fields in use a touch proved wrong: phone, email; of a single lead."""
    return tuple(field for kind, field in PROVED.items() if len(_rows(facts, kind)))


def outlived(touch: Event, fields: Collection[str]) -> Event:
    """The touch once these fields are others: what it proved is past."""
    return touch._replace(kind=PAST + touch.kind) if PROVED.get(touch.kind) in fields else touch


def _rows(facts: LeadFacts, kind: str) -> Codes:
    """Where it happened, and its contrary has not happened since."""
    touches = facts.touches
    if kind not in touches.kinds.values:
        return np.zeros(0, dtype=np.intp)
    proved = touches.newest(frozenset({kind}), facts.n)
    contrary = touches.newest(frozenset({ANSWERED.get(kind, "")}), facts.n)
    return np.flatnonzero(np.isfinite(proved) & (proved <= contrary))


def _wrong(phone: Phone) -> Phone:
    return phone._replace(is_valid=False) if phone.kind else phone


def _barred(phone: Phone) -> Phone:
    return phone._replace(is_barred=True)


def _bounced(email: Email) -> Email:
    return Email(EmailStatus.UNDELIVERABLE.value, "bounced", email.flags, before=email) if email.is_there else email
