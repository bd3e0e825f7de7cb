"""Verifying addresses for the product: what is remembered is not asked again, what is learned is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from enrichment import remembering
from enrichment.checks.email import check_syntax
from enrichment.finding.finder import Finding, find
from enrichment.finding.patterns import Known, Person
from enrichment.looping import run_to_end
from enrichment.seen_technologies import learn_from_answers
from enrichment.verdict import EmailVerdict, Reason
from enrichment.verifying.addressing import domain_of
from enrichment.verifying.calling import verifier_from
from enrichment.verifying.gate import Pace
from enrichment.verifying.providers import LIMITS, OTHER
from enrichment.verifying.verifier import Verifier

MakeVerifier = Callable[[], Verifier]
SECONDS = 40.0  # for a batch; the queue ends a task after 60
FINDING_SECONDS = 25.0  # for our own guesses, after which a provider may be asked


PACES: dict[str, Pace] = {}  # of this process, over all its batches


def _configured() -> Verifier:
    """With a worker's share of what each host and provider may be asked."""
    verifier = verifier_from({"share": settings.WORKERS, "technologies": True})
    verifier.gate.paces = PACES
    return verifier


def verify_addresses(
    emails: Iterable[str], *, now: datetime, seconds: float = SECONDS, make_verifier: MakeVerifier = _configured
) -> dict[str, EmailVerdict]:
    """The whole verification of a batch, by address as given. Call it outside any transaction: it waits for servers.

    An address whose turn or answer has not come after so many seconds is left out, to be asked for later.
    """
    wanted = list(dict.fromkeys(emails))
    known = known_mailboxes(wanted, now=now)
    asked = [email for email in wanted if email not in known]
    if not asked:
        return known
    verifier = make_verifier()
    recall(verifier, asked, now)
    found = run_to_end(_ask(verifier, asked, seconds))
    learn(verifier, found, now)
    return known | found


def verify_address(email: str, *, now: datetime, make_verifier: MakeVerifier = _configured) -> EmailVerdict:
    """The whole verification of one address."""
    return verify_addresses([email], now=now, make_verifier=make_verifier)[email]


def find_address(
    person: Person, domain: str, known: Sequence[Known], *, now: datetime, make_verifier: MakeVerifier = _configured
) -> Finding:
    """A person's address at a domain by our own guesses. Call it outside any transaction: it waits for servers."""
    verifier = make_verifier()
    recall(verifier, [f"postmaster@{domain}"], now)
    found = run_to_end(_find(verifier, person, domain, known))
    learn(verifier, {}, now)
    return found


async def _find(verifier: Verifier, person: Person, domain: str, known: Sequence[Known]) -> Finding:
    try:
        return await asyncio.wait_for(find(verifier, person, domain, known), FINDING_SECONDS)
    except TimeoutError:
        return Finding("unknown", Reason.RATE_LIMITED)
    finally:
        await verifier.close()


def known_mailboxes(emails: Iterable[str], *, now: datetime) -> dict[str, EmailVerdict]:
    """What is remembered of these and still good, by address as given; a time to ask again that has come is not."""
    normalized = {email: check_syntax(email).normalized for email in emails}
    remembered = remembering.recall_mailboxes({each for each in normalized.values() if each}, now=now)
    good = {each: verdict for each, verdict in remembered.items() if not verdict.retry_at or verdict.retry_at > now}
    return {email: good[each] for email, each in normalized.items() if each in good}


async def _ask(verifier: Verifier, emails: list[str], seconds: float) -> dict[str, EmailVerdict]:
    tasks = {email: asyncio.ensure_future(verifier.verify(email)) for email in emails}
    try:
        _done, late = await asyncio.wait(tasks.values(), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return {email: task.result() for email, task in tasks.items() if task not in late}
    finally:
        await verifier.close()


def recall(verifier: Verifier, emails: Iterable[str], now: datetime) -> None:
    """Tell a verifier what is remembered of the domains of these addresses, and who blocks us."""
    domains = {domain_of(check_syntax(email)) for email in emails} - {""}
    known = remembering.recall_answers(domains, now=now)
    hosts = {host for (_, rtype), (answer, _) in known.items() if rtype == "MX" for _, host in answer.exchanges if host}
    known |= remembering.recall_answers(hosts, now=now) if hosts else {}
    for (name, rtype), (answer, seconds) in known.items():
        verifier.answers.know(name, rtype, answer, seconds)
    for domain, habits in remembering.recall_habits(domains, now=now).items():
        verifier.know_habits(domain, habits)
    verifier.unresolved.update(remembering.recall_unresolved(domains, now=now))
    for key, end in remembering.recall_blocks(now=now).items():
        verifier.gate.block(key, LIMITS.get(key, LIMITS[OTHER]), (end - now).total_seconds())


def learn(verifier: Verifier, found: dict[str, EmailVerdict], now: datetime) -> None:
    """Keep what a verifier has learned of domains, and the verdicts `found`; of a machine that is cut off only that it is."""
    if verifier.is_cut_off:
        remembering.learn_reach(False, now=now)
        return
    remembering.learn_answers(verifier.answers.known, now=now)
    learn_from_answers(verifier.answers.known, at=now)
    remembering.learn_habits(verifier.habits, now=now)
    remembering.learn_unresolved(verifier.unresolved, now=now)
    remembering.forget_unresolved(verifier.resolved_again)
    until = {key: now + timedelta(seconds=seconds) for key, seconds in verifier.gate.blocks.items()}
    remembering.learn_blocks(until, now=now)
    remembering.learn_mailboxes(found.values(), now=now)
