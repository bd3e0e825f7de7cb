"""Syntax and domains of a batch of addresses: a question for each domain, within a time limit, none where none is answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from enrichment import remembering
from enrichment.checks.email import check_syntax
from enrichment.looping import run_to_end
from enrichment.verdict import EmailVerdict, Reason
from enrichment.verification import MakeVerifier, known_mailboxes, learn, recall
from enrichment.verifying.calling import verifier_from
from enrichment.verifying.verifier import Verifier

SECONDS = 3.0  # for a batch, however many domains it has

log = logging.getLogger("leadengine.enrichment")


@dataclass(frozen=True, slots=True)
class BatchChecks:
    """Verdicts by address as given. `is_cut_off`: no name of the world can be looked up, so that they say only `unknown`."""

    verdicts: Mapping[str, EmailVerdict] = field(default_factory=dict)
    is_cut_off: bool = False


def _configured() -> Verifier:
    return verifier_from({"no_smtp": True, "no_posture": True})


def check_batch(
    emails: Iterable[str], *, now: datetime, seconds: float = SECONDS, make_verifier: MakeVerifier = _configured
) -> BatchChecks:
    """Call it outside any transaction. What is remembered of a mailbox stands; a domain that does not answer in time is
    not checked. Whether names can be looked up at all is tried once, for two seconds at most, and remembered for a while.
    """
    wanted = set(emails)
    known = known_mailboxes(wanted, now=now) | _wrong_by_form(wanted)
    asked = sorted(wanted - known.keys())
    reach = remembering.recall_reach(now=now) if asked else True
    if reach is False:
        return BatchChecks(known | _not_looked_up(asked), is_cut_off=True)
    if not asked:
        return BatchChecks(known)
    verifier = make_verifier()
    recall(verifier, asked, now)
    found = run_to_end(_ask(verifier, asked, seconds, is_new_here=reach is None))
    if reach is None or verifier.is_cut_off:
        remembering.learn_reach(not verifier.is_cut_off, now=now)
    if verifier.is_cut_off:
        return BatchChecks(known | _not_looked_up(asked), is_cut_off=True)
    learn(verifier, {}, now)
    return BatchChecks(known | found)


async def _ask(verifier: Verifier, emails: list[str], seconds: float, *, is_new_here: bool) -> dict[str, EmailVerdict]:
    """The verdicts that came in time, and what the syntax says of the rest."""
    try:
        if is_new_here and verifier.can_resolve is not None and not await verifier.can_resolve():
            verifier.is_cut_off = True
            return {}
        tasks = {email: asyncio.ensure_future(verifier.check(email)) for email in emails}
        done, late = await asyncio.wait(tasks.values(), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return {email: _result(email, task, done) for email, task in tasks.items()}
    finally:
        await verifier.close()


def _result(
    email: str, task: asyncio.Future[EmailVerdict], done: Collection[asyncio.Future[EmailVerdict]]
) -> EmailVerdict:
    if task not in done:
        return check_syntax(email)
    if error := task.exception():
        log.error("%s was not checked", email.rpartition("@")[2], exc_info=error)
        return check_syntax(email)
    return task.result()


def _wrong_by_form(emails: Iterable[str]) -> dict[str, EmailVerdict]:
    """What no name server needs to be asked about."""
    found = {email: check_syntax(email) for email in emails}
    return {email: each for email, each in found.items() if each.status == "undeliverable"}


def _not_looked_up(emails: Iterable[str]) -> dict[str, EmailVerdict]:
    return {email: replace(check_syntax(email), reason=Reason.DNS_TIMEOUT) for email in emails}
