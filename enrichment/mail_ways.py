"""The test of our own ways to mail servers: made on request, remembered for a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings

from enrichment.looping import run_to_end
from enrichment.models import Memory, MemoryKind
from enrichment.resolving import AioResolver, Remembering, Resolver
from enrichment.verifying.calling import caller_of_settings
from enrichment.verifying.self_testing import Finding, self_test
from enrichment.verifying.selftest import PortTest
from leadengine.guard import networks

KEY, KEPT = "mail", timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MailTest:
    """What was found and when."""

    findings: tuple[Finding, ...]
    at: datetime

    @property
    def is_good(self) -> bool:
        return not any(each.outcome == "bad" for each in self.findings)


def check_mail_ways(*, now: datetime, make_resolver: Callable[[], Resolver] = AioResolver, port: int = 25) -> MailTest:
    """Takes little more than two seconds; what was found is kept for a day."""
    findings = run_to_end(_tested(make_resolver, port))
    facts = {"findings": [asdict(each) for each in findings]}
    Memory.objects.update_or_create(
        kind=MemoryKind.SELF_TEST, key=KEY, defaults={"facts": facts, "learned_at": now, "expires_at": now + KEPT}
    )
    return MailTest(findings, now)


def last_mail_test(*, now: datetime) -> MailTest | None:
    """The last one, if it is not older than a day."""
    row = Memory.objects.good_at(now).filter(kind=MemoryKind.SELF_TEST, key=KEY).first()
    return MailTest(tuple(Finding(**each) for each in row.facts["findings"]), row.learned_at) if row else None


async def _tested(make_resolver: Callable[[], Resolver], port: int) -> tuple[Finding, ...]:
    resolver, caller = Remembering(make_resolver()), caller_of_settings()
    try:
        return await self_test(
            resolver,
            helo=caller.helo,
            mail_from=caller.mail_from,
            zones=settings.VERIFY_ADDRESS_LISTS,
            port_test=PortTest(resolver, port=port, allowed=networks(settings.GUARD_ALLOWED_NETWORKS)),
            is_probing=settings.VERIFY_SMTP,
        )
    finally:
        await resolver.close()
