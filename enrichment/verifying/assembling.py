"""What was found, put together into the verdict: status, reason, flags, score, confidence, evidence, times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from enrichment.verdict import STATUS_OF, EmailStatus, EmailVerdict, Reason
from enrichment.verifying.asking import Ticket
from enrichment.verifying.habits import CatchAll
from enrichment.verifying.posture import Posture
from enrichment.verifying.routing import Route
from enrichment.verifying.weighing import confidence_of, moved, score_of

KEPT_DAYS = {Reason.MAILBOX_NOT_FOUND: 14, Reason.MAILBOX_DISABLED: 14, Reason.MAILBOX_MOVED: 14}
STATUS_DAYS: dict[EmailStatus, float] = {"deliverable": 30, "risky": 30, "undeliverable": 14, "unknown": 1 / 24}
UNKNOWN_HOST = timedelta(minutes=15)


def verdict_of(
    cheap: EmailVerdict,
    reason: Reason,
    *,
    now: datetime,
    status: EmailStatus | None = None,
    route: Route | None = None,
    posture: Posture | None = None,
    catch_all: CatchAll | None = None,
    ticket: Ticket | None = None,
    attempts: Sequence[dict[str, str]] = (),
    retry_at: datetime | None = None,
) -> EmailVerdict:
    """The verdict of syntax and lists (`cheap`), carried on by what DNS and the mail server said."""
    status, flags = status or STATUS_OF[reason], _flags(cheap, route, catch_all)
    facts = flags | (posture.facts if posture else frozenset())
    return EmailVerdict(
        status, reason, flags, cheap.normalized, cheap.canonical, _suggestion(cheap, route),
        confidence=confidence_of(reason if status != "unknown" else Reason.NOT_CHECKED),
        checked_at=now if route else None,
        detail=cheap.detail,
        score=score_of(status, reason, facts),
        catch_all=catch_all.value if catch_all else None,
        evidence=_evidence(cheap, route, posture, catch_all, ticket, attempts),
        retry_at=retry_at,
        expires_at=now + lifetime(status, reason),
    )  # fmt: skip


def lifted(verdict: EmailVerdict, facts: Iterable[str]) -> EmailVerdict:
    """With what is known of the address elsewhere, such as that its company's site shows it: only the score moves."""
    known = sorted(set(facts))
    if not known or verdict.score is None:
        return verdict
    score = moved(verdict.score, verdict.status, verdict.reason, known)
    return replace(verdict, score=score, evidence={**verdict.evidence, "known": known})


def _suggestion(cheap: EmailVerdict, route: Route | None) -> str:
    """Only where the domain as typed names no exchanger."""
    return "" if route and route.source == "mx" else cheap.suggestion


def _flags(cheap: EmailVerdict, route: Route | None, catch_all: CatchAll | None) -> frozenset[str]:
    flags = cheap.flags | {"catch_all"} if catch_all and catch_all.value else cheap.flags
    return flags | route.flags if route else flags


@cache
def lifetime(status: EmailStatus, reason: str) -> timedelta:
    """How long a verdict is good: deliverable and accept-all 30 days, not found 14, unknown an hour."""
    if reason in (Reason.DOMAIN_NOT_FOUND, Reason.NO_MAIL_ROUTE):
        return UNKNOWN_HOST
    return timedelta(days=KEPT_DAYS.get(Reason(reason), STATUS_DAYS[status]))


def _evidence(
    cheap: EmailVerdict,
    route: Route | None,
    posture: Posture | None,
    catch_all: CatchAll | None,
    ticket: Ticket | None,
    attempts: Sequence[dict[str, str]],
) -> dict[str, Any]:
    domain = route.domain if route else ""
    found: dict[str, Any] = {
        "normalized": cheap.normalized,
        "canonical": cheap.canonical,
        "domain_ascii": domain,
        "suggestion": _suggestion(cheap, route),
    }
    if route:
        found["dns"] = dict(route.evidence) | (posture.evidence if posture else {})
        found["provider"] = {"name": route.group, "by": route.group_by}
    if posture and posture.reputation:
        found["reputation"] = posture.reputation
    if ticket:
        found["smtp"], found["attempts"] = ticket.sessions, list(attempts)
        found["catch_all"] = catch_all.evidence() if catch_all else None
    return found
