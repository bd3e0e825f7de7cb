"""Companies' domains inspected for the product, several at once: those of the sample by the sandbox's table."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from enrichment.checks.domain import Inspection, inspect
from enrichment.looping import run_to_end
from enrichment.resolving import AioResolver, Rcode, Resolver, TableResolver
from enrichment.seen_technologies import learn_technologies
from leadengine.sandbox.invented_dns import company_table

NO_ANSWER = (Rcode.SERVFAIL, Rcode.TIMEOUT)

log = logging.getLogger("leadengine.enrichment")


def inspect_companies(domains: Sequence[str], *, is_invented: bool, now: datetime) -> dict[str, Inspection]:
    """By domain; one that name servers do not answer for is left out. Call it outside any transaction.

    What is seen of the world is kept for everybody; what is invented is not.
    """
    wanted = list(dict.fromkeys(domains))
    if not wanted:
        return {}
    found = run_to_end(_each(wanted, is_invented, now))
    answered = [each for each in found if each.rcode not in NO_ANSWER]
    if not is_invented:
        answered = learn_technologies(answered)
    return {each.domain: each for each in answered}


async def _each(domains: list[str], is_invented: bool, now: datetime) -> list[Inspection]:
    server = settings.VERIFY_RESOLVER
    resolver = _invented(domains) if is_invented else AioResolver([server] if server else [])
    try:
        found = await asyncio.gather(*(_one(domain, resolver, now) for domain in domains))
    finally:
        await resolver.close()
    return [each for each in found if each]


def _invented(domains: list[str]) -> Resolver:
    """By the sandbox's table, as the checks of a batch ask it."""
    table = {key: [each.strip('"').rstrip(".") for each in records] for key, records in company_table(domains).items()}
    return TableResolver(table)


async def _one(domain: str, resolver: Resolver, now: datetime) -> Inspection | None:
    try:
        return await inspect(domain, resolver, at=now)
    except ValueError:
        log.info("%s is no domain that can be inspected", domain)
        return None
