"""The e-mail verifier: syntax, lists, DNS, provider's rule, then the mail server, for any number of addresses at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from enrichment.checks.domain import questions
from enrichment.checks.email import check_syntax
from enrichment.resolving import Remembering, Resolver
from enrichment.single_flight import SingleFlight
from enrichment.verdict import STATUS_OF, EmailVerdict, Reason
from enrichment.verifying.addressing import address_of, domain_of
from enrichment.verifying.asking import Ticket
from enrichment.verifying.assembling import verdict_of
from enrichment.verifying.course import Course
from enrichment.verifying.gate import Gate
from enrichment.verifying.habits import CATCH_ALL_SECONDS, CatchAll
from enrichment.verifying.judging import WORTH_ANOTHER_TRY
from enrichment.verifying.line import Line
from enrichment.verifying.options import Options
from enrichment.verifying.posture import Posture, posture_of, whole_posture
from enrichment.verifying.providers import UNVERIFIABLE
from enrichment.verifying.room import Room
from enrichment.verifying.routing import Route, route_of
from enrichment.verifying.terms import Terms
from leads.identity import is_free_mail

RETRY_AFTER = (360.0, 1200.0, 3900.0)  # postgrey's default delay is 300 s
CATCH_ALL_KEPT = timedelta(seconds=CATCH_ALL_SECONDS)
UNRESOLVED_AGAIN_AFTER = timedelta(hours=1)
MOST_QUESTIONS = 200
Kept = TypeVar("Kept")
Habits = dict[str, CatchAll]  # by where the exchanger is
log = logging.getLogger(__name__)
NOT_FOUND = (Reason.DOMAIN_NOT_FOUND, Reason.NO_MAIL_ROUTE, Reason.MX_UNRESOLVABLE)


@dataclass
class Verifier:
    """One for a process and loop: it keeps answers of DNS, each domain's line and habit, and the breakers.

    verifier = Verifier(AioResolver(), Options(Caller("probe.example.com", "probe@example.com")))
    verdict = await verifier.verify("ada@acme.example")     # the whole pipeline
    verdict = await verifier.check("ada@acme.example")      # without asking the mail server
    """

    resolver: Resolver
    options: Options
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    gate: Gate = field(default_factory=Gate)
    can_reach_port25: Callable[[], Awaitable[bool]] | None = None
    can_resolve: Callable[[], Awaitable[bool]] | None = None
    is_cut_off: bool = False  # no name of the world was found, so that nothing learned of names is to be kept
    unresolved: dict[str, datetime] = field(default_factory=dict)
    resolved_again: set[str] = field(default_factory=set)  # whose exchangers were missing once, and are there now
    _ways: SingleFlight[str, tuple[Route, Posture]] = field(default_factory=SingleFlight)
    _postures: dict[str, asyncio.Task[Posture]] = field(default_factory=dict)
    _lines: dict[str, Line] = field(default_factory=dict)
    _flights: SingleFlight[str, EmailVerdict] = field(default_factory=SingleFlight)
    _known: dict[str, Habits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.answers = Remembering(self.resolver)
        self._questions = asyncio.Semaphore(MOST_QUESTIONS)
        options, seats = self.options, asyncio.Semaphore(self.options.concurrency)
        self._terms = Terms(
            options.caller, self.gate, seats, options.port, options.per_host_sessions, options.share, self.now
        )

    async def verify(self, email: str) -> EmailVerdict:
        """The verdict with everything asked; many callers with one address share one check.

        A fault of our own costs this verdict only, which is then `unknown`: the other addresses go on.
        """
        cheap = check_syntax(email)
        if cheap.status == "undeliverable":
            return verdict_of(cheap, Reason(cheap.reason), now=self.now())
        try:
            return await self._flights.of(cheap.normalized, lambda: self._verify(cheap))
        except Exception:
            log.exception("An address at %s was not verified", domain_of(cheap))
            return verdict_of(cheap, Reason.NOT_CHECKED, now=self.now())

    async def check(self, email: str) -> EmailVerdict:
        """Syntax, lists and DNS: cheap enough for every candidate of a run. Good so far: `unknown`, `not_checked`."""
        cheap = check_syntax(email)
        if cheap.status == "undeliverable":
            return verdict_of(cheap, Reason(cheap.reason), now=self.now())
        route, posture = await self._way_to(domain_of(cheap))
        return await self._by_dns(cheap, route, posture) or verdict_of(
            cheap, Reason.NOT_CHECKED, now=self.now(), route=route, posture=posture
        )

    async def close(self) -> None:
        """Ends what is under way."""
        await asyncio.gather(*(line.close() for line in self._lines.values() if not line.is_idle))
        for asking in self._postures.values():
            asking.cancel()
        await asyncio.gather(*self._postures.values(), return_exceptions=True)
        await self.answers.close()

    @property
    def terms(self) -> Terms:
        """What sessions outside the lines, such as the finder's, share with them: limits, seats and breakers."""
        return self._terms

    def know_habits(self, domain: str, known: Habits) -> None:
        """What was learned of a domain's exchangers earlier; older than a week it is asked anew."""
        fresh = {place: each for place, each in known.items() if each.at and self.now() - each.at < CATCH_ALL_KEPT}
        self._known[domain] = fresh

    @property
    def habits(self) -> dict[str, Habits]:
        """What is known of domains' exchangers that take anybody, or do not: for keeping."""
        return {domain: known for domain, line in self._lines.items() if (known := line.known_habits)}

    async def _verify(self, cheap: EmailVerdict) -> EmailVerdict:
        route, posture = await self._way_to(domain_of(cheap))
        if verdict := await self._by_dns(cheap, route, posture):
            return verdict
        whole = self._whole(route.domain, posture)
        if reason := await self.why_not_asking(route):
            return verdict_of(cheap, reason, now=self.now(), route=route, posture=await asyncio.shield(whole))
        return await self._ask_server(cheap, route, whole)

    def _whole(self, domain: str, posture: Posture) -> asyncio.Task[Posture]:
        """The domain's posture with all that DNS tells, asked while the mail server is."""
        if domain not in self._postures:
            self._make_room(self._postures, lambda asking: asking.done())
            self._postures[domain] = asyncio.ensure_future(self._asked_wholly(domain, posture))
        return self._postures[domain]

    async def _asked_wholly(self, domain: str, posture: Posture) -> Posture:
        if not self.options.with_posture:
            return posture
        asked = questions(domain) if self.options.with_technologies and not is_free_mail(domain) else ()
        more = asyncio.gather(*(self.answers.query(*question) for question in asked))
        found = await whole_posture(posture, domain, self.answers, zones=self.options.block_lists, at=self.now())
        await more
        return found

    async def _way_to(self, domain: str) -> tuple[Route, Posture]:
        return await self._ways.of(domain, lambda: self._look_up(domain))

    async def _look_up(self, domain: str) -> tuple[Route, Posture]:
        async with self._questions:
            if not self.options.with_posture:
                return await route_of(domain, self.answers, self.options.allowed), Posture()
            route, posture = await asyncio.gather(
                route_of(domain, self.answers, self.options.allowed), posture_of(domain, self.answers)
            )
        return route, posture

    async def _by_dns(self, cheap: EmailVerdict, route: Route, posture: Posture) -> EmailVerdict | None:
        """The verdict that needs no mail server: no way, or a throw-away domain."""
        reason = route.reason
        if reason is None and self.unresolved.pop(route.domain, None) is not None:
            self.resolved_again.add(route.domain)
        if reason is None and self.options.is_disposable_final and ("disposable" in cheap.flags or route.is_disposable):
            reason = Reason.DISPOSABLE
        if reason in (None, Reason.DISPOSABLE) and not self.options.traps.isdisjoint((cheap.canonical, route.domain)):
            reason = Reason.SPAMTRAP_SUSPECTED
        if reason is None:
            return None
        if reason in NOT_FOUND and self.can_resolve is not None and not await self.can_resolve():
            reason, self.is_cut_off = Reason.DNS_TIMEOUT, True
        status = STATUS_OF[reason]
        if reason is Reason.MX_UNRESOLVABLE:
            first = self.unresolved.setdefault(route.domain, self.now())
            status = "undeliverable" if self.now() - first >= UNRESOLVED_AGAIN_AFTER else "unknown"
        return verdict_of(cheap, reason, now=self.now(), status=status, route=route, posture=posture)

    async def why_not_asking(self, route: Route) -> Reason | None:
        """What keeps us from asking the domain's servers: a setting, the provider's ways, or our own closed port."""
        if not self.options.is_probing:
            return Reason.PROBE_DISABLED
        if route.group in self.options.skipped:
            return Reason.PROVIDER_SKIPPED
        if route.group in UNVERIFIABLE:
            return Reason.PROVIDER_UNVERIFIABLE
        if self.can_reach_port25 is not None and not await self.can_reach_port25():
            return Reason.PORT25_BLOCKED
        return None

    async def _ask_server(self, cheap: EmailVerdict, route: Route, whole: asyncio.Task[Posture]) -> EmailVerdict:
        """Once, and again after each wait for as long as the server only puts us off: same sender, same recipients."""
        line = self._line_to(route)
        ticket = Ticket(address_of(cheap, route.domain))
        attempts: list[dict[str, str]] = []
        for wait in (0.0, *self.options.waits):
            if wait:
                await self.sleep(wait)
            await line.answer(ticket)
            reason = self._reason(ticket)
            at = self.now()
            attempts.append({"at": at.isoformat(), "reason": str(reason)})
            if reason not in WORTH_ANOTHER_TRY:
                break
        for habit in line.habits.values():
            habit.at = habit.at or (at if habit.is_known else None)
        if cheap.suggestion and route.is_implicit and STATUS_OF[reason] in ("unknown", "risky"):
            reason = Reason.TYPO_SUSPECTED
        retry_at = at + timedelta(seconds=RETRY_AFTER[0]) if reason in WORTH_ANOTHER_TRY else None
        posture = whole.result() if whole.done() else await asyncio.shield(whole)
        return verdict_of(
            cheap, reason, now=at, route=route, posture=posture, catch_all=ticket.habit or CatchAll(),
            ticket=ticket, attempts=attempts, retry_at=retry_at,
        )  # fmt: skip

    def _line_to(self, route: Route) -> Line:
        if route.domain not in self._lines:
            self._make_room(self._lines, lambda line: line.is_idle)
            known = dict(self._known.get(route.domain, {}))
            self._lines[route.domain] = Line(route, self._terms, known, Course(Room(self.options.room)))
        return self._lines[route.domain]

    def _make_room(self, kept: dict[str, Kept], is_over: Callable[[Kept], bool]) -> None:
        """Of the domains that nobody asks for now, the first half goes: a list may be longer than memory."""
        if len(kept) >= self.options.most_domains:
            over = [domain for domain, each in kept.items() if is_over(each)]
            for domain in over[: max(1, self.options.most_domains // 2)]:
                del kept[domain]

    def _reason(self, ticket: Ticket) -> Reason:
        """An acceptance counts as the exchanger that gave it was seen to be used to."""
        if not ticket.is_accepted or ticket.habit is None:
            return ticket.reason or Reason.DISCONNECTED
        if ticket.habit.is_known:
            return Reason.ACCEPT_ALL if ticket.habit.value else Reason.MAILBOX_ACCEPTED
        return ticket.habit.reason or Reason.UNCLEAR_REPLY
