"""Verifying addresses for the product: what is remembered is not asked again, what is learned is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from enrichment import remembering
from enrichment.checks.email import check_syntax
from enrichment.looping import run_to_end
from enrichment.verdict import EmailVerdict
from enrichment.verifying.calling import verifier_from
from enrichment.verifying.providers import LIMITS, OTHER
from enrichment.verifying.verifier import Verifier

MakeVerifier = Callable[[], Verifier]


def _configured() -> Verifier:
    return verifier_from({})


def check_addresses(
    emails: Iterable[str], *, now: datetime, make_verifier: MakeVerifier = _configured
) -> dict[str, EmailVerdict]:
    """Syntax, lists and DNS of a batch, by address as given; a verdict that is remembered in full stands instead.

    Cheap: one look at the memory for each kind, and DNS for the domains that are new. Asks no mail server.
    """
    return _verdicts(emails, now=now, make_verifier=make_verifier, is_full=False)


def verify_addresses(
    emails: Iterable[str], *, now: datetime, make_verifier: MakeVerifier = _configured
) -> dict[str, EmailVerdict]:
    """The whole verification of a batch, by address as given. Call it outside any transaction: it waits for servers."""
    return _verdicts(emails, now=now, make_verifier=make_verifier, is_full=True)


def verify_address(email: str, *, now: datetime, make_verifier: MakeVerifier = _configured) -> EmailVerdict:
    """The whole verification of one address."""
    return verify_addresses([email], now=now, make_verifier=make_verifier)[email]


def _verdicts(
    emails: Iterable[str], *, now: datetime, make_verifier: MakeVerifier, is_full: bool
) -> dict[str, EmailVerdict]:
    normalized = {email: check_syntax(email).normalized for email in dict.fromkeys(emails)}
    remembered = remembering.recall_mailboxes({each for each in normalized.values() if each}, now=now)
    known = {email: remembered[each] for email, each in normalized.items() if each in remembered}
    asked = [email for email in normalized if email not in known]
    if not asked:
        return known
    domains = {normalized[email].rpartition("@")[2] for email in asked if normalized[email]}
    verifier = make_verifier()
    _recall(verifier, domains, now)
    found = run_to_end(_ask(verifier, asked, is_full=is_full))
    _learn(verifier, found if is_full else {}, now)
    return known | found


async def _ask(verifier: Verifier, emails: list[str], *, is_full: bool) -> dict[str, EmailVerdict]:
    try:
        ask = verifier.verify if is_full else verifier.check
        return dict(zip(emails, await asyncio.gather(*map(ask, emails)), strict=True))
    finally:
        await verifier.close()


def _recall(verifier: Verifier, domains: set[str], now: datetime) -> None:
    for (name, rtype), (answer, seconds) in remembering.recall_answers(domains, now=now).items():
        verifier.answers.know(name, rtype, answer, seconds)
    for domain, habit in remembering.recall_habits(domains, now=now).items():
        verifier.know_catch_all(domain, habit)
    verifier.unresolved.update(remembering.recall_unresolved(domains, now=now))
    for key, end in remembering.recall_blocks(now=now).items():
        verifier.gate.block(key, LIMITS.get(key, LIMITS[OTHER]), (end - now).total_seconds())


def _learn(verifier: Verifier, found: dict[str, EmailVerdict], now: datetime) -> None:
    remembering.learn_answers(verifier.answers.known, now=now)
    remembering.learn_habits(verifier.habits, now=now)
    remembering.learn_unresolved(verifier.unresolved, now=now)
    until = {key: now + timedelta(seconds=seconds) for key, seconds in verifier.gate.blocks.items()}
    remembering.learn_blocks(until, now=now)
    remembering.learn_mailboxes(found.values(), now=now)
