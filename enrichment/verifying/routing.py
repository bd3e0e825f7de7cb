"""Where a domain's mail goes: its exchangers with judged addresses, or why there is no way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from enrichment.checks.mailboxes import is_disposable, is_relay_service
from enrichment.checks.technologies import Record, technologies
from enrichment.resolving import Rcode, Resolver
from enrichment.verdict import Reason
from enrichment.verifying.providers import OTHER, group_of
from leadengine.guard import Networks, UnsafeAddress, judged

MOST_EXCHANGERS = 5
MOST_ADDRESSES = 2
FAILURES = {Rcode.SERVFAIL: Reason.DNS_SERVFAIL, Rcode.TIMEOUT: Reason.DNS_TIMEOUT}


@dataclass(frozen=True, slots=True)
class Exchanger:
    host: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """`exchangers` in the order to try, or the `reason` that there are none. `source`: mx, a, aaaa or none."""

    domain: str
    exchangers: tuple[Exchanger, ...] = ()
    reason: Reason | None = None
    source: str = "none"
    group: str = OTHER
    group_by: str = ""
    is_disposable: bool = False  # throw-away mailboxes under many names have their exchangers in common
    evidence: tuple[tuple[str, Any], ...] = ()

    @property
    def is_implicit(self) -> bool:
        return self.source in ("a", "aaaa")

    @property
    def flags(self) -> frozenset[str]:
        """What it says of all addresses of the domain."""
        return _flags(implicit_mx=self.is_implicit, disposable=self.is_disposable)


@dataclass(frozen=True, slots=True)
class _Found:
    """What asking for one host's addresses gave."""

    preference: int
    host: str
    addresses: tuple[str, ...]
    ttl: int
    failure: Rcode | None = None
    is_unsafe: bool = False


@cache
def _flags(**found: bool) -> frozenset[str]:
    return frozenset(flag for flag, holds in found.items() if holds)


async def route_of(domain: str, resolver: Resolver, allowed: Networks = ()) -> Route:
    """The way to a domain (in ASCII): MX, else its own address; null MX, and names that do not exist, have none."""
    answer = await resolver.query(domain, "MX")
    head = {"rcode": str(answer.rcode), "took_ms": answer.took_ms, "null_mx": False, "mx": []}
    if not answer.is_conclusive:
        return _no_route(domain, FAILURES[answer.rcode], head)
    if answer.rcode is Rcode.NXDOMAIN:
        return _no_route(domain, Reason.DOMAIN_NOT_FOUND, head)
    named = [(preference, host) for preference, host in answer.exchanges if host]
    if answer.records and not named:
        return _no_route(domain, Reason.NULL_MX, head | {"null_mx": True})
    if not named:
        return await _implicit(domain, resolver, allowed, head)
    found = await _find_all(named[:MOST_EXCHANGERS], resolver, allowed)
    if not any(each.addresses for each in found):  # only if none of all has an address there is no way
        found += await _find_all(named[MOST_EXCHANGERS:], resolver, allowed)
    return _chosen(domain, "mx", found, head, ttl=answer.ttl)


async def _find_all(named: Sequence[tuple[int, str]], resolver: Resolver, allowed: Networks) -> list[_Found]:
    return list(await asyncio.gather(*(_find(preference, host, resolver, allowed) for preference, host in named)))


async def _implicit(domain: str, resolver: Resolver, allowed: Networks, head: dict[str, Any]) -> Route:
    """Without MX records the domain's own address takes its mail (RFC 5321, 5.1)."""
    found = await _find(0, domain, resolver, allowed)
    if not found.addresses and found.failure is None and not found.is_unsafe:
        return _no_route(domain, Reason.NO_MAIL_ROUTE, head)
    source = "aaaa" if any(":" in address for address in found.addresses) else "a"
    return _chosen(domain, source, [found], head, ttl=found.ttl)


async def _find(preference: int, host: str, resolver: Resolver, allowed: Networks) -> _Found:
    answer = await resolver.query(host, "A")
    if not answer.records and answer.rcode is Rcode.NODATA:
        answer = await resolver.query(host, "AAAA")
    failure = None if answer.is_conclusive else answer.rcode
    try:
        addresses = judged(host, answer.records, allowed)
    except UnsafeAddress:
        return _Found(preference, host, answer.records, answer.ttl, is_unsafe=True)
    return _Found(preference, host, addresses, answer.ttl, failure)


def _chosen(domain: str, source: str, found: list[_Found], head: dict[str, Any], *, ttl: int) -> Route:
    group, group_by = group_of([each.host for each in found])
    usable = [each for each in found if each.addresses and not each.is_unsafe]
    return Route(
        domain=domain,
        exchangers=tuple(Exchanger(each.host, each.addresses[:MOST_ADDRESSES]) for each in usable),
        reason=None if usable else _why_none(found),
        source=source,
        group=group,
        group_by=group_by,
        is_disposable=group == OTHER and any(_is_throw_away(each.host) for each in found),
        evidence=tuple((head | {"mx": [_told(each, ttl) for each in found]} | {"mx_source": source}).items()),
    )


def _is_throw_away(host: str) -> bool:
    """Lists of throw-away domains name good providers too, whom our own table of exchangers knows."""
    return is_disposable(host) and not is_relay_service(host) and not technologies([Record("", "MX", f"0 {host}")])


def _why_none(found: list[_Found]) -> Reason:
    if any(each.is_unsafe for each in found):
        return Reason.UNSAFE_ADDRESS
    failures = [each.failure for each in found if each.failure]
    return FAILURES[failures[0]] if failures else Reason.MX_UNRESOLVABLE


def _told(found: _Found, ttl: int) -> dict[str, Any]:
    return {"pref": found.preference, "host": found.host, "ips": list(found.addresses), "ttl": min(ttl, found.ttl)}


def _no_route(domain: str, reason: Reason, head: dict[str, Any]) -> Route:
    return Route(domain, reason=reason, evidence=tuple((head | {"mx_source": "none"}).items()))
