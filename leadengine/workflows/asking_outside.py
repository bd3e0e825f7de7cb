"""Second opinions within a worker's turn: which addresses are taken to which providers, and in what time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from enrichment.deciding import comes_back
from enrichment.models import EmailCheck
from enrichment.providers.contract import EmailChecker
from enrichment.second_opinions import panel, undecided
from enrichment.verdict import EmailVerdict
from enrichment.verifying.verifier import RETRY_AFTER

OWN_SECONDS = 25.0  # for our own engine, where providers are asked after it
SECONDS = 36.0  # of a turn after which no further question is begun; one takes ten at most, a lease fifty


def second_opinions(
    checks: Sequence[EmailCheck],
    verdicts: Mapping[str, EmailVerdict],
    checkers: Sequence[EmailChecker],
    *,
    begun: float,
    now: datetime,
) -> dict[str, EmailVerdict]:
    """All the verdicts, those that our engine could not decide with what providers say; whoever comes too late is left out.

    `begun` is the turn's beginning on the monotonic clock. Whom a provider could not answer just then comes back as from a
    server that puts us off, and as often; in the end it stays open.
    """
    waiting = {each.email for each in checks if _is_asked_again(each, verdicts)}
    of_interest = {email: each for email, each in undecided(verdicts).items() if email not in waiting}
    if not of_interest or not checkers or not _may_ask(checks[0]):
        return dict(verdicts)
    asking = panel(
        checks[0].workspace_id,
        checkers,
        in_sandbox=checks[0].is_invented,
        is_list=_is_list(checks[0]),
        is_late=lambda: time.monotonic() - begun > SECONDS,
        now=now,
    )
    first = {each.email: each for each in reversed(checks)}
    last = {email for email, each in first.items() if each.asked >= len(RETRY_AFTER)}
    found = asking.consider(of_interest, {email: each.pk for email, each in first.items()}, last)
    rest = {email: each for email, each in verdicts.items() if email not in of_interest}
    return rest | {email: _with_time_to_return(each, first[email].asked, now) for email, each in found.items()}


def _with_time_to_return(verdict: EmailVerdict, asked: int, now: datetime) -> EmailVerdict:
    if not comes_back(verdict) or asked >= len(RETRY_AFTER):
        return verdict
    return replace(verdict, retry_at=now + timedelta(seconds=RETRY_AFTER[asked]))


def _is_asked_again(check: EmailCheck, verdicts: Mapping[str, EmailVerdict]) -> bool:
    """Its own server has put us off and will be asked again: that comes before any provider."""
    verdict = verdicts.get(check.email)
    return bool(verdict and verdict.retry_at and check.asked < len(RETRY_AFTER))


def _may_ask(check: EmailCheck) -> bool:
    """In a sample the providers are stand-ins, which know invented addresses only."""
    return check.is_invented or not check.workspace.is_sample


def _is_list(check: EmailCheck) -> bool:
    """Whether it was ordered with others, or by a run."""
    same = EmailCheck.objects.of(check.workspace_id).filter(hold=check.hold_id)
    return check.run_id is not None or same[:2].count() > 1
